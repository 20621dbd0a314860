// An error without a message.
function fail() {
  throw new Error(); /*#1 fail*/
}
try {
  fail(); /*#2 <top>*/
} catch (e) { report(e); }
