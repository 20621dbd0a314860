// An error of a class of the program's own, with properties.
// prints PaymentError: card declined
class PaymentError extends Error {
  constructor(message, code) {
    super(message); /*#1 new PaymentError*/
    this.name = "PaymentError";
    this.code = code;
    this.details = { amount: 12, card: { last: "4242" } };
  }
}
function pay() {
  throw new PaymentError("card declined", "E_CARD"); /*#2 pay*/
}
pay(); /*#3 <top>*/
