// Two errors, one after the other.
function first() {
  return new Error("the first of two"); /*#1 first*/
}
console.error(first()); /*#2 <top>*/
console.error(new TypeError("the second of two"));
