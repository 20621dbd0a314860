// A mistake that the engine finds and nobody catches.
// prints TypeError: ?
function read(user) {
  return user.profile.name; /*#1 read*/
}
read({}); /*#2 <top>*/
