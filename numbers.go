package stacktrace

import "strings"

// What Index and Offset mean depends on the kind of the frame. Each method here tells one kind, and
// reports false for frames of all others.

// WasmFunction returns the index of a WebAssembly function in its module, from 0, imported functions
// first. It reports false if the frame is not WebAssembly or its engine did not tell the index.
func (f Frame) WasmFunction() (index int, ok bool) {
	return f.number(f.Index, "wasm-function[0]", f.Wasm)
}

// WasmOffset returns the offset of a WebAssembly instruction in bytes, from 0: from the beginning of the
// module, or, in V8 before 2019, of the function. It reports false if the frame is not WebAssembly or
// its engine did not tell the offset. JavaScriptCore never does.
func (f Frame) WasmOffset() (offset int, ok bool) {
	return f.number(f.Offset, "]:0", f.Wasm)
}

// PromiseIndex returns the index of the promise for which V8's Promise.all, Promise.any or
// Promise.allSettled waits, from 0: 1 in "at async Promise.all (index 1)". It reports false if the frame
// tells no index, and for all other frames.
func (f Frame) PromiseIndex() (index int, ok bool) {
	isCombinator := f.Func == "Promise.all" || f.Func == "Promise.any" || f.Func == "Promise.allSettled"
	return f.number(f.Index, "(index 0)", f.Async && f.Native && isCombinator)
}

// number returns n, a number of f, if f is of the kind that has it. A number of 0 was told only if the
// line holds zero.
func (f *Frame) number(n int, zero string, isKind bool) (int, bool) {
	if !isKind || n <= 0 && !strings.Contains(f.line(), zero) {
		return 0, false
	}
	return n, true
}

// BytecodeAddress returns where the instruction of a Hermes frame is if its bundle has no source
// positions: the number of the bundle's segment, from 1, and the offset in the segment's bytecode, in
// bytes from 0. It reports false for all other frames.
func (f Frame) BytecodeAddress() (segment, offset int, ok bool) {
	if f.Engine != Hermes || f.Wasm || f.Native || f.Line > 0 || f.Index == 0 && f.Offset == 0 {
		return 0, 0, false
	}
	return f.Index, f.Offset, true
}

// Instruction returns the index of a goja frame's instruction in the code of its function, from 0: 3 in
// "at f (a.js:1:24(3))". It reports false for all other frames.
func (f Frame) Instruction() (index int, ok bool) {
	if f.Engine != Goja || f.Native {
		return 0, false
	}
	return f.Offset, true
}

// InlineScript returns the number of the script element on its page that a Presto frame is in, from 1:
// 2 in "Line 4 of inline#2 script in http://h/". It reports false for all other frames.
func (f Frame) InlineScript() (number int, ok bool) {
	return f.number(f.Index, "inline#0", f.Engine == Presto)
}
