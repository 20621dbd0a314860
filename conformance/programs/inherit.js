// A constructor that calls that of its parent, and a method that is the parent's.
class Base {
  constructor() {
    this.init(); /*#3 new Base*/
  }
  init() {
    this.fail(); /*#2 init*/
  }
}
class Derived extends Base {
  constructor() {
    super(); /*#4 new Derived*/
  }
  fail() {
    throw new Error("inherit"); /*#1 fail*/
  }
}
try {
  new Derived(); /*#5 <top>*/
} catch (e) { report(e); }
