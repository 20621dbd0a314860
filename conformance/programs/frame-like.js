// A message with lines that read like frames.
function fail() {
  throw new Error("child failed:\n    at child (/tmp/child.js:1:2)\nf@http://host/a.js:3:4\nend"); /*#1 fail*/
}
try {
  fail(); /*#2 <top>*/
} catch (e) { report(e); }
