// Code on one line, as a bundler writes it.
var t={};(function(e,n){function r(){throw new Error("minified")}function o(){r()}n.go=function(){o()}})(0,t); /*#1 r*/ /*#2 o*/ /*#3 go*/
try {
  t.go(); /*#4 <top>*/
} catch (e) { report(e); }
