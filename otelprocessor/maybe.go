package otelprocessor

import "strings"

// mayHoldTrace reports whether it is worth while to parse a body: it has several lines, or one in which
// lines are joined or escaped, and something that reads like a position.
func mayHoldTrace(s string) bool {
	if len(s) < len("a\n@b:1") {
		return false
	}
	if strings.IndexByte(s, '\n') < 0 && !strings.Contains(s, `\n`) && !strings.Contains(s, " at ") && !strings.Contains(s, "#012") &&
		strings.IndexByte(s, '\r') < 0 && strings.IndexByte(s, '@') < 0 {
		return false
	}
	for rest := s; ; {
		i := strings.IndexByte(rest, ':')
		if i < 0 || i+1 == len(rest) {
			break
		}
		if rest = rest[i+1:]; '0' <= rest[0] && rest[0] <= '9' {
			return true
		}
	}
	// Frames without a position: (native), [native code], <anonymous>, and those of Python.
	return strings.Contains(s, "ative") || strings.Contains(s, "anonymous") || strings.Contains(s, "line ")
}

// isForeign reports whether a file is of a language that is not compiled to JavaScript and whose
// frames may look alike: Rust's "at src/main.rs:4:5".
func isForeign(file string) bool {
	if i := strings.IndexAny(file, "?#"); i > 0 {
		file = file[:i]
	}
	switch file[strings.LastIndexByte(file, '.')+1:] {
	case "rs", "go", "java", "kt", "scala", "groovy", "cs", "vb", "fs", "php", "rb", "pl", "pm", "c", "cc", "cpp", "cxx", "h", "hpp", "mm",
		"swift", "dart", "ex", "exs", "erl", "hs", "lua", "zig", "jl", "nim", "clj":
		return strings.IndexByte(file, '.') >= 0
	}
	return false
}
