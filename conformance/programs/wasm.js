// A WebAssembly module that calls a function of the program.
const bytes = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 10, 1, 1, 101, 4, 102, 97, 105, 108, 0, 0, 3, 2, 1, 0, 7, 7, 1, 3, 114, 117, 110, 0, 1, 10, 6, 1, 4, 0, 16, 0, 11,
  0, 20, 4, 110, 97, 109, 101, 1, 13, 2, 0, 4, 102, 97, 105, 108, 1, 4, 99, 97, 108, 108,
]);
function fail() {
  throw new Error("wasm"); /*#1 fail*/
}
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { fail } });
try {
  instance.exports.run(); /*#2 <top>*/
} catch (e) { report(e); }
