// Errors that the console prints in an array.
function fail() {
  return new Error("printed in an array"); /*#1 fail*/
}
console.log([1, fail(), "x"]); /*#2 <top>*/
