// A function that calls itself.
function down(n) {
  if (n === 0) throw new Error("recursion"); /*#1 down*/
  down(n - 1); /*#2 down*/ /*#3 down*/ /*#4 down*/
}
try {
  down(3); /*#5 <top>*/
} catch (e) { report(e); }
