// Code from a string that names itself.
function evaluate() {
  eval("function named() { throw new Error('source-url') } /*#1 <eval>*/\nnamed() /*#2 <eval>*/\n//# sourceURL=told/by/itself.js"); /*#3 evaluate*/
}
try {
  evaluate(); /*#4 <top>*/
} catch (e) { report(e); }
