// An error of many lines that nobody catches.
function fail() {
  throw new Error("one\n\n  two: {\n}"); /*#1 fail*/
}
fail(); /*#2 <top>*/
