package sourcemap

import (
	"context"
	"errors"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Resolver finds the map of the script that a frame is in. Map returns an error that is [ErrNotFound] if
// there is none. It may be called by several goroutines at once.
//
// What is known of a trace beside its text, a resolver finds in the context: see [WithHints].
type Resolver interface {
	Map(ctx context.Context, f stacktrace.Frame) (*Map, error)
}

// ResolverFunc is a function that is a [Resolver].
type ResolverFunc func(ctx context.Context, f stacktrace.Frame) (*Map, error)

// Map calls the function.
func (r ResolverFunc) Map(ctx context.Context, f stacktrace.Frame) (*Map, error) { return r(ctx, f) }

// ErrNotFound says that a resolver knows no map for a frame.
var ErrNotFound = errors.New("sourcemap: no map was found")

// Hints is what is known of a trace beside its text.
type Hints struct {
	// Release is the version of the program. Maps of a release lie in a folder of its name.
	Release string

	// DebugIDs are the debug ids of scripts, by the File of their frames.
	DebugIDs map[string]string
}

type hintsKey struct{}

// WithHints returns a context that tells resolvers what is known of a trace.
func WithHints(ctx context.Context, h Hints) context.Context {
	return context.WithValue(ctx, hintsKey{}, h)
}

// HintsOf returns what a context tells of a trace.
func HintsOf(ctx context.Context) Hints {
	h, _ := ctx.Value(hintsKey{}).(Hints)
	return h
}

// First returns a resolver that asks others, one after the other, until one has a map.
func First(resolvers ...Resolver) Resolver {
	return ResolverFunc(func(ctx context.Context, f stacktrace.Frame) (*Map, error) {
		err := ErrNotFound
		for _, r := range resolvers {
			m, failed := r.Map(ctx, f)
			if failed == nil {
				return m, nil
			}
			if ctx.Err() != nil {
				return nil, failed
			}
			if errors.Is(err, ErrNotFound) {
				err = failed // what went wrong tells more than what was not found
			}
		}
		return nil, err
	})
}

// scriptPath returns the path of a script without the scheme and host of a URL, its query and its fragment.
// Backslashes are slashes. The path of Metro's bundles ends before "//&".
func scriptPath(file string) string {
	if i := strings.Index(file, "//&"); i > 0 {
		file = file[:i]
	}
	if i := strings.IndexAny(file, "?#"); i > 0 {
		file = file[:i]
	}
	if i := strings.Index(file, "://"); i > 0 {
		file = file[i+len("://"):]
		_, path, ok := strings.Cut(file, "/")
		if !ok {
			return ""
		}
		file = path
		if strings.Contains(file, "%") {
			file = unescapePath(file)
		}
	}
	return strings.Trim(strings.ReplaceAll(file, `\`, "/"), "/")
}
