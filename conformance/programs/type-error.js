// A mistake that the engine finds: a property of undefined.
function read(user) {
  return user.profile.name; /*#1 read*/
}
try {
  read({}); /*#2 <top>*/
} catch (e) { report(e); }
