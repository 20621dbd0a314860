// Functions that the engine calls by itself: toString, valueOf, Symbol.toPrimitive.
const text = { toString() {
  throw new TypeError("coerce"); /*#1 toString*/
} };
const value = { valueOf() {
  return `${text}`; /*#2 valueOf*/
} };
const primitive = { [Symbol.toPrimitive]() {
  return value + 1; /*#3 [Symbol.toPrimitive]*/
} };
try {
  +primitive; /*#4 <top>*/
} catch (e) { report(e); }
