// Several errors in one that nobody catches.
function gather() {
  throw new AggregateError([new Error("one"), new TypeError("two")], "both failed"); /*#1 gather*/
}
gather(); /*#2 <top>*/
