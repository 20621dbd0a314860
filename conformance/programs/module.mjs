// A module: what it exports, by name and as the default.
export function exported() {
  throw new Error("module"); /*#1 exported*/
}
export default class Default {
  method() {
    exported(); /*#2 method*/
  }
}
try {
  new Default().method(); /*#3 <top>*/
} catch (e) { report(e); }
