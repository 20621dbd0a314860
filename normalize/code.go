package normalize

// Code tells whose code a frame is in.
type Code uint8

const (
	App        Code = iota // the application's own
	Dependency             // a package that it uses
	Runtime                // scripts of the runtime: Node's, Deno's, React Native's
	Native                 // the engine itself
	Extension              // an extension of the browser
	Eval                   // a string that was run, without a file of its own
	Inline                 // a script in a page, or in a URL: data:, javascript:
)

var codeNames = [...]string{"app", "dependency", "runtime", "native", "extension", "eval", "inline"}

// String returns the name of the code's origin: "app", "dependency", "runtime", "native",
// "extension", "eval" or "inline".
func (c Code) String() string { return codeNames[c] }

// MarshalText returns the same as String.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
