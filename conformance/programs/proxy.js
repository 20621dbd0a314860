// The traps of a proxy.
const trapped = new Proxy({}, {
  get() {
    throw new Error("proxy"); /*#1 get*/
  },
  has(t, k) {
    return trapped[k]; /*#2 has*/
  },
});
function look() {
  return "x" in trapped; /*#3 look*/
}
try {
  look(); /*#4 <top>*/
} catch (e) { report(e); }
