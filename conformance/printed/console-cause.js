// An error with causes that the console prints.
function fail() {
  return new Error("printed with causes", { cause: new Error("second", { cause: new Error("third") }) }); /*#1 fail*/
}
console.error(fail()); /*#2 <top>*/
