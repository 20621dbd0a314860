// Several errors in one.
function gather() {
  throw new AggregateError([new Error("one"), new TypeError("two")], "aggregate"); /*#1 gather*/
}
try {
  gather(); /*#2 <top>*/
} catch (e) { report(e); }
