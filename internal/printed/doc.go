// Package printed reads what consoles and runtimes print of an error besides its stack.
//
// Node's util.inspect and Deno's console put an error's properties behind its last frame, with errors
// among them:
//
//	Error: outer
//	    at f (/app/a.js:1:2) {
//	  code: 'E_CODE',
//	  [cause]: TypeError: inner
//	      at g (/app/a.js:3:4),
//	  [errors]: [
//	    Error: one
//	        at h (/app/a.js:5:6),
//	    [Error: without frames]
//	  ]
//	}
//
// Node 8 and 10 put a brace before the error too, and short properties behind the last frame:
//
//	{ Error: outer
//	    at f (/app/a.js:1:2) code: 'E_CODE', path: '/a b' }
//
// Deno prints the causes of an error that nobody caught as blocks of their own:
//
//	Caused by: TypeError: inner
//	    at g (file:///app/a.js:3:4)
//
// (node, lib/internal/util/inspect.js, formatError and reduceToSingleString; deno,
// runtime/fmt_errors.rs).
package printed
