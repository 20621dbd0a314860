// An error with a cause.
function low() {
  throw new TypeError("the cause");
}
function high() {
  try {
    low();
  } catch (e) {
    throw new Error("cause", { cause: e }); /*#1 high*/
  }
}
try {
  high(); /*#2 <top>*/
} catch (e) { report(e); }
