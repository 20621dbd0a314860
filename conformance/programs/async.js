// Async functions that wait for each other.
async function load() {
  await null;
  throw new Error("async"); /*#1 async load*/
}
async function show() {
  await load(); /*#2 async show*/
}
show().catch(report);
