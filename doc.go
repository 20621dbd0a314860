// Package stacktrace reads the stack trace of any JavaScript engine, of any age: V8 (Chrome, Node,
// Deno, Edge, Electron), SpiderMonkey (Firefox), JavaScriptCore (Safari, every browser on iOS),
// Chakra (Internet Explorer, the old Edge), Hermes (React Native), QuickJS and Bun.
//
// [Parse] makes a [Trace] of any text, [ParseReport] one of what a browser's error handler knows,
// and [AppendFrames] reads frames alone, without allocating. [Untrusted] has limits for
// texts from strangers. [Trace.Render] and [Frame.String] write what was read, in any engine's syntax.
//
// # What holds for every text
//
// No input panics, hangs, or is refused; a text without a frame gives a Trace without Frames and what else it
// said. Every string of the result is a piece of the text, colours and line ends aside, and every
// number stands in it. Every line is in exactly one place: the header, a frame's Text, the Skipped or
// AsyncCause of the next frame, or Unparsed. Time and memory grow with the length of the text,
// whatever it holds. Line ends, indentation and colours change nothing but Text.
//
// A frame that is written by String and read again is the same, with one exception: V8 writes a
// function called "async f" and an asynchronous f alike, and only the frames around them tell.
package stacktrace
