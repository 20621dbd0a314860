// A message of many lines, some of them empty.
function fail() {
  throw new Error("one\n\n  two\nthree:\n"); /*#1 fail*/
}
try {
  fail(); /*#2 <top>*/
} catch (e) { report(e); }
