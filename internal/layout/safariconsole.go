package layout

import (
	"github.com/stacktrace-go/stacktrace/formats"
	"github.com/stacktrace-go/stacktrace/internal/model"
)

var safariConsole = formats.SafariConsole.Format()

// dash stands between the columns of Safari's console.
const dash = " — "

// readSafariConsole reads the stack of Safari's console:
//
//	TypeError: undefined is not an object
//	foo — file.js:12
//	(anonymous function) — file.js:12:3
func readSafariConsole(lines model.Lines) (*model.Parsed, bool) {
	return readProved(lines, safariConsole, func(f *formats.Frame) bool {
		return f.TopLevel || f.Eval || formats.IsConsoleName(f.Func)
	})
}

func hasDash(text string) bool { return model.Holds(text, dash) }
