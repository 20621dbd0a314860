// A WebAssembly module that fails by itself.
const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 7, 1, 3, 114, 117, 110, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
function run() {
  instance.exports.run(); /*#1 run*/
}
try {
  run(); /*#2 <top>*/
} catch (e) { report(e); }
