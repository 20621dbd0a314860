// The function that a new promise calls.
function executor() {
  throw new Error("promise-constructor"); /*#1 executor*/
}
function wait() {
  return new Promise(executor); /*#2 wait*/
}
wait().catch(report); /*#3 <top>*/
