// Arrow functions, which have the name of what they are assigned to.
const arrow = () => { throw new Error("arrow"); }; /*#1 arrow*/
const user = { property: () => arrow() }; /*#2 property*/
try {
  user.property(); /*#3 <top>*/
} catch (e) { report(e); }
