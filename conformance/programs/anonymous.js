// Functions without a name.
try {
  (function () {
    (() => {
      throw new Error("anonymous"); /*#1 <anon>*/
    })(); /*#2 <anon>*/
  })(); /*#3 <top>*/
} catch (e) { report(e); }
