// A function that a template literal calls.
function tag(strings) {
  throw new Error("tagged"); /*#1 tag*/
}
function use() {
  return tag`x${1}`; /*#2 use*/
}
try {
  use(); /*#3 <top>*/
} catch (e) { report(e); }
