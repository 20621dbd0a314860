// A function that calls a function.
function inner() {
  throw new Error("call"); /*#1 inner*/
}
function outer() {
  inner(); /*#2 outer*/
}
try {
  outer(); /*#3 <top>*/
} catch (e) { report(e); }
