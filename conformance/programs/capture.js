// A trace that begins at a caller.
function hidden() {
  const e = new Error("capture");
  Error.captureStackTrace(e, hidden);
  return e;
}
function shown() {
  return hidden(); /*#1 shown*/
}
report(shown()); /*#2 <top>*/
