// Fewer frames than there are.
Error.stackTraceLimit = 2;
function a() {
  throw new Error("limit"); /*#1 a*/
}
function b() {
  a(); /*#2 b*/
}
function c() {
  b(); /*#3 c*/
}
try {
  c(); /*#4 <top>*/
} catch (e) { report(e); }
