// A method of an object, and one that another name finds.
const account = {
  withdraw() {
    throw new RangeError("method"); /*#1 withdraw*/
  },
};
account.alias = account.withdraw;
function pay() {
  account.alias(); /*#2 pay*/
}
try {
  pay(); /*#3 <top>*/
} catch (e) { report(e); }
