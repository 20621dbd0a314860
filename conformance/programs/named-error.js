// An error whose name and message are odd.
function fail() {
  const e = new Error("Error: at f (/a.js:1:2)"); /*#1 fail*/
  e.name = "HTTP 404";
  throw e;
}
try {
  fail(); /*#2 <top>*/
} catch (e) { report(e); }
