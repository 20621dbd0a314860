// A mistake that the engine finds: a variable that does not exist.
function use() {
  return notDefinedAnywhere + 1; /*#1 use*/
}
try {
  use(); /*#2 <top>*/
} catch (e) { report(e); }
