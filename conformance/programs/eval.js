// Code from a string.
function evaluate() {
  eval("throw new Error('eval') /*#1 <eval>*/"); /*#2 evaluate*/
}
try {
  evaluate(); /*#3 <top>*/
} catch (e) { report(e); }
