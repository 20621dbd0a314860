// Functions whose names are the words that engines print as marks.
const words = {
  async() {
    throw new Error("keywords"); /*#1 async*/
  },
  new() {
    words.async(); /*#2 new*/
  },
  get() {
    words.new(); /*#3 get*/
  },
  eval() {
    words.get(); /*#4 eval*/
  },
};
try {
  words.eval(); /*#5 <top>*/
} catch (e) { report(e); }
