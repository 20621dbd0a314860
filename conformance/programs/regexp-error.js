// A regular expression that cannot be compiled.
function compile() {
  return new RegExp("("); /*#1 compile*/
}
try {
  compile(); /*#2 <top>*/
} catch (e) { report(e); }
