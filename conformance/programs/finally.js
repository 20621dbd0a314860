// Statements of many lines, and a call behind a finally block.
function fail(a, b) {
  throw new Error( /*#1 fail*/
    "finally " + a + b);
}
function call() {
  try {
    return fail( /*#2 call*/
      1,
      2);
  } finally {
    1;
  }
}
try {
  call(); /*#3 <top>*/
} catch (e) { report(e); }
