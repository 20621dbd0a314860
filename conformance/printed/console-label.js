// An error that the console prints behind words.
function fail() {
  return new TypeError("printed behind words"); /*#1 fail*/
}
console.error("request failed:", fail()); /*#2 <top>*/
