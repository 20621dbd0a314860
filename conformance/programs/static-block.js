// A static block of a class.
function fail() {
  throw new Error("static-block"); /*#1 fail*/
}
function define() {
  class Box {
    static {
      fail(); /*#2 <static-init>*/
    }
  } /*#3 define*/
}
try {
  define(); /*#4 <top>*/
} catch (e) { report(e); }
