// An error with a cause that nobody catches.
function low() {
  throw new TypeError("the cause");
}
function high() {
  try {
    low();
  } catch (e) {
    throw new Error("the effect", { cause: e }); /*#1 high*/
  }
}
high(); /*#2 <top>*/
