package sourcemap

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// URL returns what the comments of a script tell of its map: where it is, and the debug id that both
// share. The last such comments count, and only those behind which no code follows, as ECMA-426 has it:
//
//	//# sourceMappingURL=app.js.map
//	//# debugId=1aad9d9e-2b50-454f-a5f2-0dd5e95c154c
//
// The reference is relative to the script, or a data: URL that [DataURL] decodes. Both are "" where the script
// does not tell.
func URL(js []byte) (ref, debugID string) {
	for end := len(js); end > 0; {
		start := bytes.LastIndexByte(js[:end], '\n') + 1
		line := bytes.TrimSpace(js[start:end])
		end = start - 1
		switch {
		case len(line) == 0:
		case bytes.HasPrefix(line, []byte("//")):
			ref, debugID = comment(line, ref, debugID)
		case bytes.HasPrefix(line, []byte("/*")) && bytes.Index(line, []byte("*/")) == len(line)-2:
			ref, debugID = comment(line[:len(line)-2], ref, debugID)
		default: // code, behind which a comment may stand on its line
			for _, mark := range [...]string{"//# ", "//@ ", "/*# "} {
				if i := bytes.LastIndex(line, []byte(mark)); i >= 0 {
					ref, debugID = comment(bytes.TrimSuffix(line[i:], []byte("*/")), ref, debugID)
				}
			}
			return ref, debugID
		}
	}
	return ref, debugID
}

// comment returns what a comment tells, where none behind it told it.
func comment(text []byte, ref, debugID string) (string, string) {
	if len(text) < 4 || text[2] != '#' && text[2] != '@' || text[3] != ' ' && text[3] != '\t' {
		return ref, debugID
	}
	name, value, ok := bytes.Cut(text[4:], []byte("="))
	if value = bytes.TrimSpace(value); !ok || bytes.ContainsAny(value, "\"' \t") {
		return ref, debugID
	}
	switch string(bytes.TrimSpace(name)) {
	case "sourceMappingURL":
		if ref == "" {
			ref = string(value)
		}
	case "debugId":
		if debugID == "" && isDebugID(string(value)) {
			debugID = string(value)
		}
	}
	return ref, debugID
}

// errNotData is the error of a reference that is no data: URL.
var errNotData = errors.New("sourcemap: no data: URL")

// DataURL returns what a data: URL holds.
func DataURL(ref string) ([]byte, error) {
	rest, ok := cutPrefixFold(ref, "data:")
	if !ok {
		return nil, errNotData
	}
	kind, text, ok := strings.Cut(rest, ",")
	if !ok {
		return nil, fmt.Errorf("sourcemap: a data: URL without a comma: %.40q", ref)
	}
	if strings.Contains(text, "%") {
		plain, err := url.PathUnescape(text)
		if err != nil {
			return nil, fmt.Errorf("sourcemap: a data: URL: %w", err)
		}
		text = plain
	}
	if !strings.HasSuffix(strings.ToLower(kind), ";base64") {
		return []byte(text), nil
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.RawURLEncoding
	}
	data, err := encoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, fmt.Errorf("sourcemap: a data: URL: %w", err)
	}
	return data, nil
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// evalMaps calls each with the name that a sourceURL gives to eval'd code and the data: URL of its map, for all that
// a script evals:
//
//	eval("…\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,…\n//# sourceURL=webpack-internal:///./src/a.js\n")
//
// The code is a string of the script, so that its line ends are written as \n.
func evalMaps(js []byte, each func(name, ref string)) {
	const mark, named = "# sourceMappingURL=data:", "# sourceURL="
	for {
		i := bytes.Index(js, []byte(mark))
		if i < 0 {
			return
		}
		js = js[i+len(mark)-len("data:"):]
		end := bytes.IndexAny(js, "\\\"'`\n ")
		if end < 0 {
			return
		}
		ref := js[:end]
		js = js[end:]
		rest := js[:min(len(js), 4096)]
		if j := bytes.Index(rest, []byte(named)); j >= 0 && !bytes.Contains(rest[:j], []byte(mark)) {
			name := rest[j+len(named):]
			if end := bytes.IndexAny(name, "\\\"'`\n "); end > 0 {
				each(string(name[:end]), string(ref))
			}
		}
	}
}
