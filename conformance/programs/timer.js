// A callback of a timer.
function late() {
  try {
    tick(); /*#2 late*/
  } catch (e) { report(e); }
}
function tick() {
  throw new Error("timer"); /*#1 tick*/
}
setTimeout(late, 1);
