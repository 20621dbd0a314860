// An error that the console prints.
function fail() {
  return new Error("printed"); /*#1 fail*/
}
console.error(fail()); /*#2 <top>*/
