// A stack that the console prints as a string.
function fail() {
  return new Error("printed as a string"); /*#1 fail*/
}
console.error("failed: " + fail().stack); /*#2 <top>*/
