// An async function that fails before it waits.
async function load() {
  throw new Error("async-before"); /*#1 load*/
}
async function show() {
  await load(); /*#2 show*/
}
function start() {
  return show(); /*#3 start*/
}
start().catch(report); /*#4 <top>*/
