// An error in a timer.
function tick() {
  throw new Error("in a timer"); /*#1 tick*/
}
setTimeout(tick, 1);
