// A default value of a parameter, and a destructuring.
function fail() {
  throw new Error("default-parameter"); /*#1 fail*/
}
function callee(a = fail()) { /*#2 callee*/
  return a;
}
try {
  callee(); /*#3 <top>*/
} catch (e) { report(e); }
