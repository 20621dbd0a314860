// A function that a string declares.
const fail = eval("(function inEval() { throw new Error('eval-function') /*#1 <eval>*/ })");
function call() {
  fail(); /*#2 call*/
}
try {
  call(); /*#3 <top>*/
} catch (e) { report(e); }
