// An error that the console prints in an object.
function fail() {
  return new Error("printed in an object"); /*#1 fail*/
}
console.error({ level: 50, err: fail(), tags: ["a", "b"] }); /*#2 <top>*/
