package formats

import "strings"

// wasmPart is the word by which V8, SpiderMonkey and JavaScriptCore call a function of a module.
const wasmPart = "wasm-function["

// cutWasm splits a location in WebAssembly. All generations of all engines are read:
//
//	wasm://wasm/m-5bfa65e6:wasm-function[1]:0x2a   V8 since 2020, SpiderMonkey
//	wasm-function[1]:0x2a                          V8 of 2019
//	wasm-function[1]:42                            V8 before; counted from the function's start
//	m:wasm-function[1]                             JavaScriptCore, which tells no offset
//
// The index counts the module's functions, imported ones first; the offset counts the module's
// bytes from 0. What the engine puts for a module without a name becomes "".
func cutWasm(s string) (module string, index, offset int, ok bool) {
	end := len(s) // where what stands behind the index begins
	for end > 0 && end > len(s)-len(":0x")-maxDigits && s[end-1] != ']' {
		end--
	}
	if end == 0 || s[end-1] != ']' {
		return "", 0, 0, false
	}
	rest, index, ok := cutNumber(s[:end-1])
	if rest, ok2 := strings.CutSuffix(rest, wasmPart); ok && ok2 {
		if module, ok = strings.CutSuffix(rest, ":"); !ok && rest != "" {
			return "", 0, 0, false
		}
	} else {
		return "", 0, 0, false
	}
	if module == "<anonymous>" || module == "<?>" {
		module = ""
	}
	switch tail := s[end:]; {
	case tail == "":
		return module, index, 0, true
	case strings.HasPrefix(tail, ":0x"):
		offset, ok = parseHex(tail[3:])
		return module, index, offset, ok
	default:
		rest, offset, ok = cutNumber(tail)
		return module, index, offset, ok && rest == ":"
	}
}

// parseHex reads lower-case hexadecimal digits, as many as fit an int of 32 bits.
func parseHex(s string) (n int, ok bool) {
	if s == "" || len(s) > 7 || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			n = n<<4 | int(c-'0')
		case 'a' <= c && c <= 'f':
			n = n<<4 | int(c-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}

// appendWasm appends "MODULE:wasm-function[INDEX]:0xOFFSET"; anonymous is the engine's word for a
// module without a name.
func appendWasm(b []byte, f *Frame, module, anonymous string) []byte {
	if module == "" {
		module = anonymous
	}
	b = append(b, module...)
	b = append(b, ':')
	b = append(b, wasmPart...)
	b = appendInt(b, f.Index)
	b = append(b, "]:0x"...)
	return appendHex(b, f.Offset)
}

func appendHex(b []byte, n int) []byte {
	if n < 0 {
		return append(b, '0')
	}
	if n >= 16 {
		b = appendHex(b, n>>4)
	}
	return append(b, "0123456789abcdef"[n&15])
}
