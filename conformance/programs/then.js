// A callback of a promise.
function onValue() {
  throw new Error("then"); /*#1 onValue*/
}
Promise.resolve(1).then(onValue).catch(report);
