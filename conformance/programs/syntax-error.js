// Text that cannot be compiled.
function compile() {
  new Function("return (1"); /*#1 compile*/
}
try {
  compile(); /*#2 <top>*/
} catch (e) { report(e); }
