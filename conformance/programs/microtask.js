// A microtask.
queueMicrotask(function task() {
  try {
    fail(); /*#2 task*/
  } catch (e) { report(e); }
});
function fail() {
  throw new Error("microtask"); /*#1 fail*/
}
