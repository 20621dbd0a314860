// A trace that the console makes.
// prints here
function show() {
  console.trace("here"); /*#1 show*/
}
show(); /*#2 <top>*/
