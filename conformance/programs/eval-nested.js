// A string that evaluates a string.
function evaluate() {
  eval("eval('throw new Error(1) /*#1 <eval>*/') /*#2 <eval>*/"); /*#3 evaluate*/
}
try {
  evaluate(); /*#4 <top>*/
} catch (e) { report(e); }
