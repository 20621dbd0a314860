// Package stacktrace parses the stack traces of JavaScript engines, old and new: V8 (Chrome, Node, Deno,
// Edge, Electron), SpiderMonkey (Firefox), JavaScriptCore (Safari, every browser on iOS), Chakra
// (Internet Explorer, the old Edge), Hermes (React Native), QuickJS, Bun and many smaller ones. It also
// reads what consoles, component stacks and Python print. [Engines] lists them all.
//
// [Parse] makes a [Trace] of any text, and [ParseAll] one of each error in it. [ParseReport] makes one of
// what a browser's error handler knows. [AppendFrames] reads frames alone, without allocating.
// [Untrusted] returns a [Parser] with limits for texts from strangers. [Trace.Render] and [Frame.String]
// write what was read, in the syntax of any engine.
//
// Reading is total: every text gives a result, and there is no error to check. A text without a frame
// gives a Trace without Frames, which holds what else was read.
//
// # Terms
//
//   - A frame is one call on the stack, as one line of a trace tells it. The innermost call, where the
//     error was made, comes first.
//   - The header is what stands before the frames: the error's label, type, code and message.
//   - The type is the error's name, "TypeError". The label is what a console or a runtime put before it,
//     "Uncaught (in promise)". The code is a short name for programs, "ENOENT".
//   - V8-style lines have the form "at NAME (LOCATION)", Gecko-style lines the form "NAME@LOCATION". Each
//     form is written by many engines.
//   - An engine, where this package names one, is the syntax of a line. Consoles, component stacks and
//     Python have names of their own among the engines.
//   - A separator is a line between two frames that tells how they are connected: an asynchronous break,
//     or a number of frames that were left out.
//   - The origin of a frame in eval'd code tells where the code came from.
//   - A wrapping is what was put around a whole text: JSON, HTML, the prefix of a log.
//
// # Promises
//
// These hold for every text. They are checked on all traces in testdata and by fuzzing.
//
//   - No text panics or hangs. Time and memory grow with the length of the text, whatever it holds.
//   - Nothing is invented: every string of a result is a piece of the text, without colours and with "\n"
//     for line ends, and every number stands in the text.
//   - Nothing is lost: every line is in exactly one place. That is the header, a frame, a separator that a
//     frame tells as AsyncCause or Skipped, a property, or Unparsed.
//   - Line ends, indentation and colours change nothing but [Frame.Text] and Unparsed.
//   - A frame that String writes reads back as the same frame, with one exception: V8 writes a function
//     called "async f" like an asynchronous call of f, and only the frames around it tell which it is.
//
// # Memory
//
// The strings of a result are pieces of the text that was parsed, unless something had to be taken out
// of their middle. As long as one of them is in use, the whole text stays in memory. [Trace.Clone] and
// [Frame.Clone] return copies that share no memory with the text: clone what is kept longer than the
// text is. What a [Parser] cut is always cloned.
//
// # Concurrency
//
// All functions and all methods that do not change their receiver are safe for concurrent use. The
// package keeps no state. A Trace is plain data: several goroutines may read one at the same time, but
// none may change it meanwhile.
package stacktrace
