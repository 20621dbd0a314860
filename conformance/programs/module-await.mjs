// A module that waits at its top.
async function fail() {
  await null;
  throw new Error("module-await"); /*#1 async fail*/
}
try {
  await fail(); /*#2 <top>*/
} catch (e) { report(e); }
