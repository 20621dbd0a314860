// Fields of a class and a static block.
function fail() {
  throw new Error("field"); /*#1 fail*/
}
class Item {
  price = fail(); /*#2 <field-init>*/
}
function make() {
  new Item(); /*#3 make*/
}
try {
  make(); /*#4 <top>*/
} catch (e) { report(e); }
