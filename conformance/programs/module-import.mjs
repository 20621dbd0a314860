// A module that asks for one that is not there.
async function load() {
  await import("./not-there.mjs");
}
load().catch(report);
