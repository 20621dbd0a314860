package normalize

import (
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// CanonicalFrame is one call as every engine would tell it.
//
// It has no column: V8 and SpiderMonkey point at the name that is called, JavaScriptCore at the
// parenthesis behind it, Chakra at the statement.
type CanonicalFrame struct {
	// Func is the function's name, or [Anonymous] or [TopLevel].
	Func string `json:"func"`

	// File is the canonical name of the script, see [File]. "" if the engine told none.
	File string `json:"file,omitempty"`

	// Line is 1-based; 0 is unknown.
	Line int `json:"line,omitempty"`

	// Code tells whose code it is, and Package the name of the dependency.
	Code    Code   `json:"code"`
	Package string `json:"package,omitempty"`

	// InApp says that it is the application's own code.
	InApp bool `json:"inApp"`

	// Minified says that a minifier made the name, so that the next build may have another: see
	// [RuleMinified].
	Minified bool `json:"minified,omitempty"`

	// Dropped tells why the frame is not among the canonical ones, "" if it is: one of the Dropped
	// constants.
	Dropped Reason `json:"reason,omitempty"`

	// Boundary is what a library that keeps long stacks said of the break before this frame, such as
	// "From previous event".
	Boundary string `json:"boundary,omitempty"`

	// Index is the frame's place in the Frames of the trace.
	Index int `json:"-"`

	// Rules are those that made the frame what it is.
	Rules Rule `json:"-"`

	sign       bool // the line could be JavaScriptCore's
	inMinified bool // the frame is in minified code, whatever its name
	wasm       int  // 1 and the index of a WebAssembly function, 0 for none
	col        int
	file       int // 1 and its place among the normalizer's files, 0 for none
}

// Reason tells why a frame is not among the canonical ones.
type Reason string

const (
	DroppedNative      Reason = "native"      // a function of the engine itself: SpiderMonkey shows none
	DroppedRuntime     Reason = "runtime"     // a script of the runtime
	DroppedAsync       Reason = "async"       // a caller that waits, where one before the break is the application's
	DroppedWrapper     Reason = "wrapper"     // a function that a compiler, polyfill or tracker puts around others
	DroppedConstructor Reason = "constructor" // of the error itself, which V8 does not show
	DroppedRecursion   Reason = "recursion"   // a repetition of calls
)

// Frame returns the canonical form of one frame.
func Frame(f stacktrace.Frame, opts ...Option) CanonicalFrame {
	n := normalizer{config: newConfig(opts), round: 1}
	var c CanonicalFrame
	n.frame(&c, &f)
	return c
}

// normalizer makes frames canonical. It remembers the files of a trace, which has few.
type normalizer struct {
	config
	files  []canonicalFile
	room   [8]canonicalFile
	index  map[string]int // of files by raw, if they are many
	recent [256]uint16    // the places of those of them that were found last, by recentSlot
	named  bool           // a file was, of those that were looked up
	last   int            // the place of the file that was found last
	round  uint64         // which trace it is, of those that share the files
	keeps  bool           // they are kept longer than the text that they are named in
	bytes  int            // that their names have

	messages *rememberedMessages // nil without any
}

type canonicalFile struct {
	raw     string
	name    string
	pkg     string
	code    Code
	wrapper bool
	rules   Rule
	wide    uint64 // the last trace of which a frame in it has a column that only minified code has
	page    bool   // a page can have loaded it from there: an http URL
	named   bool   // no page can
	bundle  bool   // Metro made it of an application for production
}

// manyFiles is the number of files from which on a map finds them faster, and mostFiles that from which on
// they are forgotten: no program has as many, and each would cost more to find than one more to look at.
const (
	manyFiles = 32
	mostFiles = 1 << 10
)

// lookup returns what is known of a file, until the next is looked up.
func (n *normalizer) lookup(raw string) *canonicalFile { return &n.files[n.find(raw)] }

// find returns the place of a file in n.files, until the next is looked up.
func (n *normalizer) find(raw string) int {
	i, ok := n.known(raw)
	if !ok {
		i = n.add(raw)
	}
	n.last = i
	n.named = n.named || n.files[i].named
	return i
}

// known returns the place of a file that was looked up before.
func (n *normalizer) known(raw string) (int, bool) {
	if n.index != nil {
		slot := &n.recent[recentSlot(raw)]
		if i := int(*slot); i < len(n.files) && n.files[i].raw == raw {
			return i, true
		}
		i, ok := n.index[raw]
		if ok {
			*slot = uint16(i)
		}
		return i, ok
	}
	if n.last < len(n.files) && n.files[n.last].raw == raw {
		return n.last, true
	}
	for i := len(n.files) - 1; i >= 0; i-- {
		if n.files[i].raw == raw {
			return i, true
		}
	}
	return 0, false
}

// recentSlot returns where in normalizer.recent the place of a file is. It looks at the end of its name alone, where
// the files of a program differ.
func recentSlot(raw string) uint8 {
	if len(raw) < 8 {
		return uint8(len(raw))
	}
	e := raw[len(raw)-8:]
	bits := uint64(e[0]) | uint64(e[1])<<8 | uint64(e[2])<<16 | uint64(e[3])<<24 | uint64(e[4])<<32 | uint64(e[5])<<40 | uint64(e[6])<<48 | uint64(e[7])<<56
	return uint8((bits ^ uint64(len(raw))) * 0x9e3779b97f4a7c15 >> 56)
}

// add adds a file to n.files and returns its place.
func (n *normalizer) add(raw string) int {
	if n.files == nil {
		n.files = n.room[:0]
	}
	if len(n.files) == mostFiles {
		n.forget()
	}
	if n.keeps {
		raw = strings.Clone(raw)
		n.bytes += len(raw)
	}
	file := canonicalFile{raw: raw}
	if n.mapFile != nil {
		raw = n.mapFile(raw)
	}
	pairs := pairsOf(raw)
	file.name, file.code, file.rules = n.file(raw, &pairs)
	scheme, _ := cutScheme(raw)
	switch scheme {
	case "http", "https":
		file.page = true
	case "", "webpack", "webpack-internal", "turbopack", "ng", "wasm", "rsc", "pkg":
		file.named = file.code != Runtime
	}
	n.setOrigin(raw, &pairs, &file)
	file.bundle = file.isBundle()
	file.wrapper = isWrapperPackage(file.pkg) || isWrapperFile(file.name)
	if len(n.files) == cap(n.files) {
		n.files = slices.Grow(n.files, manyFiles) // from few at once to what most traces have at most
	}
	n.files = append(n.files, file)
	if n.index != nil {
		n.index[file.raw] = len(n.files) - 1
	} else if len(n.files) == manyFiles {
		n.index = make(map[string]int, 2*manyFiles)
		for i := range n.files {
			n.index[n.files[i].raw] = i
		}
	}
	return len(n.files) - 1
}

// forget forgets all files.
func (n *normalizer) forget() {
	clear(n.files)
	n.files, n.bytes = n.files[:0], 0
	clear(n.index)
}

// isRuntimeFile reports whether a script is part of a runtime though its URL has no scheme that says
// so. Node before 16 calls its own by a bare name (lib/*.js in its sources).
func isRuntimeFile(file string) bool {
	if strings.IndexByte(file, '/') < 0 {
		switch strings.TrimSuffix(file, ".js") {
		case "_debugger", "_http_agent", "_http_client", "_http_common", "_http_incoming", "_http_outgoing", "_http_server", "_linklist", "_stream_duplex", "_stream_passthrough", "_stream_readable", "_stream_transform", "_stream_wrap", "_stream_writable",
			"_tls_common", "_tls_legacy", "_tls_wrap", "assert", "async_hooks", "bootstrap_node", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "dns", "domain", "events", "freelist", "fs", "http", "http2", "https", "inspector", "module", "net", "node",
			"os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "stream", "string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib", "InternalBytecode", "native array", "async_wrap":
			return strings.HasSuffix(file, ".js")
		}
		return file == "repl.js"
	}
	return strings.HasPrefix(file, "internal/") || strings.HasPrefix(file, "deno:") || strings.HasSuffix(file, "/InternalBytecode.js")
}

// frame fills in c, a zero value, from f.
func (n *normalizer) frame(c *CanonicalFrame, f *stacktrace.Frame) {
	c.Func, c.Rules = funcName(f)
	c.Line, c.col = f.Line, f.Col
	c.sign = f.Engine == stacktrace.JSC
	if f.AsyncCause != "" && isLibraryBoundary(f.AsyncCause) {
		c.Boundary = f.AsyncCause
	}
	switch {
	case f.Wasm:
		c.wasm = f.Index + 1
		c.Line = 0
		if f.File != "" {
			file := n.lookup(f.File)
			if c.Code = file.code; c.Code == Inline {
				c.Code = App
			}
			c.Package = file.pkg
		}
	case f.Native:
		c.Code = Native
		c.Line = 0
	case f.File != "" && f.File != "<input>" && f.File != "<evalScript>":
		c.file = n.find(f.File) + 1
		file := &n.files[c.file-1]
		c.File, c.Code, c.Package = file.name, file.code, file.pkg
		c.Rules |= file.rules
		if f.Text != "" && !tells(f.Text, f.File) && strings.IndexByte(f.Text, 0x1b) < 0 {
			c.file = 0 // it was looked up in a source map: its column says nothing of a minifier
		}
		if file.wrapper {
			c.Rules |= RuleWrapper
		}
	default:
		c.Code = Eval
		c.Line = 0
		if i := strings.Index(f.Origin, "extension://"); i >= 0 {
			c.Code = Extension
		}
	}
	if isWrapper(c.Func) {
		c.Rules |= RuleWrapper
	}
	if n.wrapper != nil && n.wrapper(c) {
		c.Rules |= RuleWrapper
	}
	if n.inApp != nil {
		c.InApp = n.inApp(c)
	} else {
		c.InApp = (c.Code == App || c.Code == Eval || c.Code == Inline) && c.Rules&RuleWrapper == 0
	}
}

// tells reports whether the line of a frame holds the file.
func tells(line, file string) bool {
	if i := strings.IndexByte(line, '('); i > 0 && strings.HasPrefix(line[i+1:], file) { // as most lines of V8 do
		return true
	}
	if i := strings.IndexByte(line, '@'); i >= 0 && strings.HasPrefix(line[i+1:], file) { // and those of others
		return true
	}
	return strings.Contains(line, file)
}

// isLibraryBoundary reports whether a library, and no engine, kept the stack behind a break.
func isLibraryBoundary(cause string) bool {
	switch cause[0] {
	case '-', '=', '_':
		return true
	}
	return cause == "From previous event" || cause == "from execution context"
}
