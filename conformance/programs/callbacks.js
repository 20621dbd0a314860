// Native functions one in another: map, sort, replace, JSON.
const data = { toJSON() {
  throw new Error("callbacks"); /*#1 toJSON*/
} };
function replacer() {
  return JSON.stringify(data); /*#2 replacer*/
}
function compare() {
  return "x".replace("x", replacer); /*#3 compare*/
}
function map() {
  return [2, 1].sort(compare); /*#4 map*/
}
try {
  [1].map(map); /*#5 <top>*/
} catch (e) { report(e); }
