// Methods whose key is computed: a number, words, characters that grammars use.
const odd = {
  [1 + 1]() {
    throw new Error("computed"); /*#1 2*/
  },
  "two words"() {
    odd[2](); /*#2 two words*/
  },
  "a.b/c:d"() {
    odd["two words"](); /*#3 a.b/c:d*/
  },
};
try {
  odd["a.b/c:d"](); /*#4 <top>*/
} catch (e) { report(e); }
