// A stack in JSON.
function fail() {
  return new RangeError("printed in JSON"); /*#1 fail*/
}
const e = fail(); /*#2 <top>*/
console.log(JSON.stringify({ level: "error", time: "2026-11-29T10:00:00.000Z", err: { type: e.name, message: e.message, stack: e.stack } }));
