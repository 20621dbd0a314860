// Text that is no JSON.
function parse() {
  return JSON.parse('{"a": nope}'); /*#1 parse*/
}
try {
  parse(); /*#2 <top>*/
} catch (e) { report(e); }
