// A function that the Function constructor makes.
const made = new Function("a", "throw new Error('new-function' + a) /*#1 <eval>*/");
function call() {
  made(1); /*#2 call*/
}
try {
  call(); /*#3 <top>*/
} catch (e) { report(e); }
