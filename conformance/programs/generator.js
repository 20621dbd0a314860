// A generator.
function* numbers() {
  yield 1;
  throw new Error("generator"); /*#1 numbers*/
}
function sum() {
  return [...numbers()]; /*#2 sum*/
}
try {
  sum(); /*#3 <top>*/
} catch (e) { report(e); }
