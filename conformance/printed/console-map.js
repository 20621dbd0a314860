// An error that the console prints in a Map.
function fail() {
  return new Error("printed in a map"); /*#1 fail*/
}
console.log(new Map([["key", fail()]])); /*#2 <top>*/
