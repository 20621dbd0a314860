// A chain of calls on one line.
const chain = {
  one() { return this; }, two() { return this; },
  three() {
    throw new Error("chain"); /*#1 three*/
  },
};
function run() {
  return chain.one().two().three(); /*#2 run*/
}
try {
  run(); /*#3 <top>*/
} catch (e) { report(e); }
