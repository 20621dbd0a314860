// An error that another one suppressed.
function dispose() {
  throw new SuppressedError(new Error("second"), new Error("first"), "suppressed"); /*#1 dispose*/
}
try {
  dispose(); /*#2 <top>*/
} catch (e) { report(e); }
