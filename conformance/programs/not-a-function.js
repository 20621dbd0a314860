// A mistake that the engine finds: a call of what is no function.
function call(api) {
  return api.client.send(); /*#1 call*/
}
try {
  call({ client: {} }); /*#2 <top>*/
} catch (e) { report(e); }
