// An error that nobody catches.
function fail() {
  throw new TypeError("nobody catches this"); /*#1 fail*/
}
fail(); /*#2 <top>*/
