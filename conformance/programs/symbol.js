// Methods whose key is a symbol.
const key = Symbol("a key");
const bag = {
  [key]() {
    throw new Error("symbol"); /*#1 [a key]*/
  },
  *[Symbol.iterator]() {
    yield bag[key](); /*#2 [Symbol.iterator]*/
  },
};
try {
  for (const item of bag) item; /*#3 <top>*/
} catch (e) { report(e); }
