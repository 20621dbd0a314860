// Names with the characters that are no letters.
function $() {
  throw new Error("dollar"); /*#1 $*/
}
function _$1() {
  $(); /*#2 _$1*/
}
try {
  _$1(); /*#3 <top>*/
} catch (e) { report(e); }
