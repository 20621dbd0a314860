package normalize

import "regexp"

// Option changes what the functions of this package treat as equal.
type Option func(*config)

// config is what the options say. Its zero value is the default, right for a tracker of web front
// ends.
type config struct {
	origin  bool // keep the origin of a URL
	query   bool // keep the query of a URL
	message bool // the message counts in fingerprints
	cause   bool // so do causes
	inApp   func(f *CanonicalFrame) bool
	wrapper func(f *CanonicalFrame) bool
	mapFile func(file string) string
	frames  int // that count at most, 0 for the default
	hashes  []*regexp.Regexp

	appPatterns, otherPatterns []string // of files that are the application's, and that are not
}

// KeepOrigin keeps the scheme and host of a URL, and the drive of a path and what an application was
// installed into. Without it, a file is the
// same on every host: on staging, on a CDN, and under localhost.
func KeepOrigin() Option { return func(c *config) { c.origin = true } }

// KeepQuery keeps the query of a URL. Without it "app.js?v=1" and "app.js?v=2" are one file.
func KeepQuery() Option { return func(c *config) { c.query = true } }

// CountMessage makes the error's type and message template part of every fingerprint. Without it they
// count only where no frame does, since engines do not put them into every stack. It parts the
// failures of minified code, all of which stands in one line.
func CountMessage() Option { return func(c *config) { c.message = true } }

// AppCode decides which frames are the application's own code. Without it those are the frames whose
// Code is [App], [Eval] or [Inline].
func AppCode(isApp func(f *CanonicalFrame) bool) Option {
	return func(c *config) { c.inApp = isApp }
}

// CountCause makes the errors that caused the error part of every fingerprint, innermost last: the cause
// of a cause too.
func CountCause() Option { return func(c *config) { c.cause = true } }

// MaxFrames is the number of frames that a fingerprint counts at most. Without it they are 8, since V8
// prints no more than ten unless it is told to, and some of those are native. A number below 1 is 1.
func MaxFrames(n int) Option { return func(c *config) { c.frames = max(n, 1) } }

// IsWrapper decides which frames wrap the calls of others and never count, beside those that are known:
// helpers of compilers, polyfills, and trackers' wrappers.
func IsWrapper(isWrapper func(f *CanonicalFrame) bool) Option {
	return func(c *config) { c.wrapper = isWrapper }
}

// MapFile gives a script's file another name before it is made canonical: for a build's own hashes, or
// folders that differ from one server to the next.
func MapFile(name func(file string) string) Option { return func(c *config) { c.mapFile = name } }

// Hash takes what pattern matches out of a file's path, beside the hashes that are known: for a build that
// names its files in a way of its own. Of a path in which nothing but an extension would be left of the name
// put something in its place with [MapFile].
func Hash(pattern *regexp.Regexp) Option {
	return func(c *config) { c.hashes = append(c.hashes, pattern) }
}

// InApp makes the files that one of the patterns matches the application's own code: a pattern is part of
// a file's URL or path as the trace has it, in which "*" stands for anything.
func InApp(patterns ...string) Option {
	return func(c *config) { c.appPatterns = append(c.appPatterns, patterns...) }
}

// NotInApp makes the files that one of the patterns matches, as with [InApp], the code of others.
func NotInApp(patterns ...string) Option {
	return func(c *config) { c.otherPatterns = append(c.otherPatterns, patterns...) }
}

func newConfig(opts []Option) config {
	var c config
	for _, opt := range opts {
		opt(&c)
	}
	return c
}
