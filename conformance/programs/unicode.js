// Names and messages outside ASCII.
function größe() {
  throw new Error("ünïcode 文字 😀"); /*#1 größe*/
}
const ключ = { 名前: function 名前() {
  größe(); /*#2 名前*/
} };
try {
  ключ.名前(); /*#3 <top>*/
} catch (e) { report(e); }
