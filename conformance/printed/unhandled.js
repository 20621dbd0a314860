// A promise that fails and that nobody waits for.
async function load() {
  await null;
  throw new RangeError("unhandled"); /*#1 async load*/
}
load();
