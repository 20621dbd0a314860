// An error made at one place and thrown at another.
function make() {
  return new Error("rethrown"); /*#1 make*/
}
function toss() {
  const e = make(); /*#2 toss*/
  throw e;
}
try {
  toss(); /*#3 <top>*/
} catch (e) { report(e); }
