// One of several promises fails.
async function fail() {
  await null;
  throw new Error("promise-all"); /*#1 async fail*/
}
async function all() {
  await Promise.all([1, fail()]); /*#2 async all*/
}
all().catch(report);
