// A native function that calls back.
function each(item) {
  throw new Error("callback"); /*#1 each*/
}
function walk() {
  [1].forEach(each); /*#2 walk*/
}
try {
  walk(); /*#3 <top>*/
} catch (e) { report(e); }
