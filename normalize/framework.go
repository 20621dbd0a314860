package normalize

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// frameworkTemplate reads the messages by which frameworks tell nothing but a number in production, or
// a number before the words:
//
//	Minified React error #130; visit https://react.dev/errors/130 …      React; Redux and MUI alike
//	[MobX] minified error nr: 12                                        MobX
//	NG0100: ExpressionChangedAfterItHasBeenCheckedError: …              Angular
//	https://vuejs.org/error-reference/#runtime-1                        Vue
//	https://svelte.dev/e/state_unsafe_mutation                          Svelte
//	https://nextjs.org/docs/messages/…                                  Next.js
//
// The number is the identity of the error; what else the message says is not.
func frameworkTemplate(message string) (Template, bool) {
	if rest, ok := strings.CutPrefix(message, "Minified "); ok {
		name, rest, _ := strings.Cut(rest, " error #")
		if n := digitsLen(rest); n > 0 && isIdentifier(name) {
			return framework(lower(name), rest[:n]), true
		}
	}
	if rest, ok := strings.CutPrefix(message, "[MobX] minified error nr: "); ok {
		if n := digitsLen(rest); n > 0 {
			return framework("mobx", rest[:n]), true
		}
	}
	if rest, ok := strings.CutPrefix(message, "NG0"); ok {
		if n := digitsLen(rest); n >= 3 && (n == len(rest) || rest[n] == ':' || rest[n] == ' ') {
			return framework("angular", message[:len("NG0")+n]), true
		}
	}
	for _, page := range [...]struct{ name, url string }{
		{"vue", "https://vuejs.org/error-reference/#"}, {"svelte", "https://svelte.dev/e/"}, {"next", "https://nextjs.org/docs/messages/"},
	} {
		if i := strings.Index(message, page.url); i >= 0 && (i == 0 || page.name == "svelte") {
			rest := message[i+len(page.url):]
			n := 0
			for n < len(rest) && (txt.IsLetter(rest[n]) || txt.IsDigit(rest[n]) || rest[n] == '-' || rest[n] == '_') {
				n++
			}
			if n > 0 {
				return framework(page.name, rest[:n]), true
			}
		}
	}
	return Template{}, false
}

func framework(name, number string) Template {
	return Template{
		Text: name + " error " + number, Kind: "framework", identity: true,
		Params: []Param{{"framework", name}, {"number", number}},
	}
}

// digitsLen returns how many digits s begins with.
func digitsLen(s string) int {
	n := 0
	for n < len(s) && txt.IsDigit(s[n]) {
		n++
	}
	return n
}
