// The stack overflows.
function forever() {
  forever(); /*#1* forever*/
}
try {
  forever();
} catch (e) { report(e); }
