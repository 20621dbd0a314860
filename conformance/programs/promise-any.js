// All of several promises fail.
async function fail() {
  await null;
  throw new Error("promise-any");
}
async function any() {
  await Promise.any([fail(), fail()]);
}
any().catch(report);
