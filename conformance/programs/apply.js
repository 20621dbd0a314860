// call, apply, bind and Reflect.
function target() {
  throw new Error("apply"); /*#1 target*/
}
const bound = target.bind(null);
function viaReflect() {
  Reflect.apply(bound, null, []); /*#2 viaReflect*/
}
function viaApply() {
  viaReflect.apply(null, []); /*#3 viaApply*/
}
try {
  viaApply.call(null); /*#4 <top>*/
} catch (e) { report(e); }
