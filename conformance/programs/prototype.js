// Functions on a prototype, as before there were classes.
function Animal() {
  this.speak(); /*#2 new Animal*/
}
Animal.prototype.speak = function () {
  throw new Error("prototype"); /*#1 speak*/
};
try {
  new Animal(); /*#3 <top>*/
} catch (e) { report(e); }
