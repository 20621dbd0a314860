// A DOMException.
function abort() {
  throw new DOMException("aborted by the user", "AbortError"); /*#1 abort*/
}
try {
  abort(); /*#2 <top>*/
} catch (e) { report(e); }
