// A class of errors of the program's own.
class PaymentError extends Error {
  constructor(message) {
    super(message); /*#1 new PaymentError*/
    this.name = "PaymentError";
  }
}
function pay() {
  throw new PaymentError("declined"); /*#2 pay*/
}
try {
  pay(); /*#3 <top>*/
} catch (e) { report(e); }
