// A call in the place of a return, in strict mode.
"use strict";
function last() {
  throw new Error("tail-call"); /*#1 last*/
}
function middle() {
  return last(); /*#2 middle*/
}
try {
  middle(); /*#3 <top>*/
} catch (e) { report(e); }
