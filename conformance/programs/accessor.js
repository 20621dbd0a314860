// A getter and a setter.
const box = {
  get size() {
    throw new Error("accessor"); /*#1 get size*/
  },
  set size(value) {
    this.size; /*#2 set size*/
  },
};
try {
  box.size = 1; /*#3 <top>*/
} catch (e) { report(e); }
