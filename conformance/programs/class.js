// A class: its constructor, its method, its static method.
class Shop {
  constructor() {
    this.open(); /*#3 new Shop*/
  }
  open() {
    Shop.fail(); /*#2 open*/
  }
  static fail() {
    throw new Error("class"); /*#1 fail*/
  }
}
try {
  new Shop(); /*#4 <top>*/
} catch (e) { report(e); }
