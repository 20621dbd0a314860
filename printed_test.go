package stacktrace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
)

// printedError is what a program made and then printed, or did not catch.
type printedError struct {
	typ     string   // "Error" is "error" on Bun's stderr, which is no type
	message string   // a prefix of it if it ends in "…"
	props   []string // names, in any order
	cause   *printedError
	errors  []printedError
}

// The errors of the program that the captures "console-all.js" are of, by the names in their
// scenarios.
func consoleErrors() map[string]printedError {
	nullX := &printedError{typ: "TypeError", message: "…"}
	middle := &printedError{typ: "TypeError", message: "middle", cause: nullX}
	return map[string]printedError{
		"plain":           {typ: "Error", message: "plain"},
		"props":           {typ: "Error", message: "with props", props: []string{"code", "errno", "syscall", "path", "nested"}},
		"multiline":       {typ: "Error", message: "line 1\nline 2…"},
		"empty":           {typ: "Error"},
		"cause":           {typ: "Error", message: "outer", cause: middle},
		"causeString":     {typ: "Error", message: "cs", props: []string{"[cause]"}},
		"causeObj":        {typ: "Error", message: "co", props: []string{"[cause]"}},
		"causeProps":      {typ: "Error", message: "outer", props: []string{"code"}, cause: &printedError{typ: "TypeError", message: "middle", props: []string{"code", "list"}, cause: nullX}},
		"aggregate":       {typ: "AggregateError", message: "several", errors: []printedError{{typ: "Error", message: "one"}, {typ: "TypeError", message: "two", cause: &printedError{typ: "Error", message: "cause of two"}}, {message: "…"}}},
		"aggregateEmpty":  {typ: "AggregateError", message: "none", props: []string{"[errors]"}},
		"circular":        {typ: "Error", message: "circular", props: []string{"self"}},
		"circularCause":   {typ: "Error", message: "cc", props: []string{"cause"}},
		"nameChanged":     {typ: "Renamed", message: "nc", props: []string{"name"}},
		"messageChanged":  {typ: "Error", message: "after"},
		"subclass":        {typ: "Error", message: "subclassed", props: []string{"extra"}},
		"anon":            {typ: "Error", message: "anon class"},
		"noStack":         {typ: "Error", message: "no stack"},
		"nullProto":       {typ: "Error", message: "null proto"},
		"frozen":          {typ: "Error", message: "frozen"},
		"tag":             {typ: "Error", message: "tagged", props: []string{"Symbol"}},
		"symkey":          {typ: "Error", message: "symkey", props: []string{"k"}},
		"nativeTypeError": {typ: "TypeError", message: "…"},
		"overflow":        {typ: "RangeError", message: "Maximum call stack size exceeded…"},
	}
}

// uncaughtErrors are those of programs that ended in one, by the names of the programs, with the first
// version of Node that runs them.
var uncaughtErrors = map[string]struct {
	printedError
	since int
}{
	"un-plain.js":           {printedError{typ: "Error", message: "uncaught plain"}, 4},
	"un-plain.mjs":          {printedError{typ: "Error", message: "uncaught in ESM"}, 16},
	"un-aggregate.js":       {printedError{typ: "AggregateError", message: "several failed", errors: []printedError{{typ: "Error", message: "part 1"}, {typ: "TypeError", message: "part 2", cause: &printedError{typ: "Error", message: "part 3"}}, {message: "…"}}}, 16},
	"un-assert-deep.js":     {printedError{typ: "AssertionError", message: "Expected values to be strictly deep-equal:\n+ actual - expected…", props: []string{"generatedMessage", "code", "actual", "expected", "operator", "diff"}}, 24},
	"un-bom.js":             {printedError{typ: "Error", message: "bom file"}, 4},
	"un-crlf.js":            {printedError{typ: "Error", message: "crlf file"}, 4},
	"un-cause.js":           {printedError{typ: "RangeError", message: "outer failed", cause: &printedError{typ: "TypeError", message: "middle failed", cause: &printedError{typ: "Error", message: "root cause"}}}, 18},
	"un-cause-odd.js":       {printedError{typ: "Error", message: "odd cause", props: []string{"[cause]"}}, 18},
	"un-cause-string.js":    {printedError{typ: "Error", message: "string cause", props: []string{"[cause]"}}, 18},
	"un-data-import.mjs":    {printedError{typ: "Error", message: "data module"}, 16},
	"un-emitter.js":         {printedError{typ: "Error", message: "unhandled error event"}, 8},
	"un-emitter-cb.js":      {printedError{typ: "Error", message: "in listener"}, 8},
	"un-empty.js":           {printedError{typ: "Error"}, 4},
	"un-empty2.js":          {printedError{typ: "Error"}, 4},
	"un-eval.js":            {printedError{typ: "Error", message: "in eval"}, 4},
	"un-newfunction.js":     {printedError{typ: "Error", message: "in new Function"}, 4},
	"un-immediate.js":       {printedError{typ: "Error", message: "in immediate"}, 4},
	"un-indent.js":          {printedError{typ: "TypeError", message: "tab indented: 1"}, 4},
	"un-long-line.js":       {printedError{typ: "Error", message: "long source line"}, 4},
	"un-message-changed.js": {printedError{typ: "Error", message: "after"}, 4},
	"un-microtask.js":       {printedError{typ: "Error", message: "in then"}, 4},
	"un-multiline.js":       {printedError{typ: "Error", message: "first line\nsecond line\n    at looks (like.js:1:2)\nlast line"}, 4},
	"un-named.js":           {printedError{typ: "CustomName", message: "custom named"}, 8},
	"un-nexttick.js":        {printedError{typ: "Error", message: "in tick"}, 4},
	"un-props.js":           {printedError{typ: "Error", message: "with props", props: []string{"code", "errno", "syscall", "nested", "list", "fn", "text", "odd key", "date", "inner"}}, 12},
	"un-reject.js":          {printedError{typ: "Error", message: "unhandled rejection"}, 8},
	"un-spawn.js":           {printedError{typ: "Error", message: "spawn no-such-binary-x ENOENT", props: []string{"errno", "code", "syscall", "path", "spawnargs"}}, 12},
	"un-syntax.js":          {printedError{typ: "SyntaxError", message: "…"}, 4},
	"un-syntax-required.js": {printedError{typ: "SyntaxError", message: "…"}, 4},
	"un-timer.js":           {printedError{typ: "Error", message: "in timer"}, 8},
	"un-type.js":            {printedError{typ: "TypeError", message: "…"}, 4},
	"un-unicode.js":         {printedError{typ: "Error", message: "ユニコード 😀"}, 4},
	"un-vm.js":              {printedError{typ: "Error", message: "vm"}, 4},
	"un-vm-noname.js":       {printedError{typ: "Error", message: "evalmachine"}, 4},
	"un-worker.js":          {printedError{typ: "Error", message: "in worker thread"}, 12},
	"ts-inline":             {printedError{typ: "Error", message: "typescript: a", cause: &printedError{typ: "TypeError", message: "ts cause"}}, 16},
}

// TestPrintedErrors compares what Node, Deno and Bun printed of errors with what the programs did.
func TestPrintedErrors(t *testing.T) {
	console := consoleErrors()
	seen, right := map[string]int{}, map[string]int{}
	for _, c := range captures(t, func(c *capture) bool {
		return (c.Runtime == "node" || c.Runtime == "deno" || c.Runtime == "bun") && (c.Kind == "stderr" || c.Kind == "console")
	}) {
		scenario, flag, _ := strings.Cut(c.Scenario, "+")
		if c.Kind == "stderr" && (flag == "stl0" || strings.HasPrefix(c.Text, "Error: unrecognized flag") || strings.Contains(c.Text, ": bad option: ")) {
			continue // no frames, or no run
		}
		program := scenario[strings.LastIndexByte(scenario, '/')+1:]
		var want printedError
		if where, name, ok := strings.Cut(program, ":"); ok && c.Kind == "console" && where != "" {
			if want, ok = console[name]; !ok {
				continue // the stack is not an error's
			}
		} else if uncaught, ok := uncaughtErrors[program]; ok && c.Kind == "stderr" && (c.Runtime != "node" || nodeVersion(c.Config) >= uncaught.since) {
			want = uncaught.printedError
		} else {
			continue
		}
		seen[c.Runtime+" "+c.Kind]++
		got := stacktrace.Parse(c.Text)
		if problem := differs(got, want, &c); problem != "" {
			t.Logf("%s: %s\n%s", c.ID, problem, c.Text)
			continue
		}
		right[c.Runtime+" "+c.Kind]++
	}
	all, good := 0, 0
	for what, n := range seen {
		t.Logf("%s: %d of %d errors are what the program did (%.2f %%)", what, right[what], n, 100*float64(right[what])/float64(n))
		all, good = all+n, good+right[what]
	}
	if share := float64(good) / float64(all); share < 0.995 {
		t.Errorf("%d of %d errors are what the program did: %.4f", good, all, share)
	}
}

// nodeVersion returns the version of Node in a capture's configuration, "node24-cli".
func nodeVersion(config string) int {
	var version int
	if _, err := fmt.Sscanf(config, "node%d", &version); err != nil {
		return 0
	}
	return version
}

// differs tells in what got is not the error that the program made, as far as the runtime prints it,
// or "".
func differs(got *stacktrace.Trace, want printedError, c *capture) string {
	isBunExcerpt := c.Runtime == "bun" && strings.Contains(stripped(c.Text), "error")
	switch {
	case got.Type == want.typ:
	case got.Type == "" && isBunExcerpt && (want.typ == "Error" || want.typ == "SyntaxError"):
	case want.message == "subclassed" && got.Type == "MyErr": // Node prints the class
	case c.Runtime == "bun" && strings.HasPrefix(want.typ, "Aggregate"):
		return "" // Bun prints the members only
	default:
		return fmt.Sprintf("type %q, want %q", got.Type, want.typ)
	}
	if c.Runtime == "bun" && strings.HasPrefix(want.message, "spawn ") || strings.Contains(c.Text, "["+want.typ+"]") && got.Message == "" {
		return "" // another message, or one that is not printed at this depth
	}
	if prefix, ok := strings.CutSuffix(want.message, "…"); !ok && strings.TrimRight(got.Message, "\n") != want.message || ok && !strings.HasPrefix(got.Message, prefix) {
		return fmt.Sprintf("message %q, want %q", got.Message, want.message)
	}
	for _, line := range got.Unparsed {
		if strings.HasPrefix(strings.TrimSpace(stripped(line)), "at ") && !strings.Contains(c.Text, "Emitted 'error' event") && !strings.Contains(c.Text, "Thrown at:") && strings.Count(c.Text, "(node:") < 2 {
			return fmt.Sprintf("a frame is not read: %q", line)
		}
	}
	var names []string
	for _, p := range got.Props {
		names = append(names, p.Name)
	}
	for _, name := range want.props {
		if name == "[cause]" && c.Runtime == "bun" {
			continue // it prints no cause that is no error
		}
		isPrinted := strings.Contains(stripped(c.Text), strings.Trim(name, "[]")+": ") || strings.Contains(c.Text, "Caused by: ")
		if isPrinted && !slices.ContainsFunc(names, func(got string) bool { return strings.Contains(got, name) || got == "Caused by" }) {
			return fmt.Sprintf("properties %q, want %q", names, want.props)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(want.props, func(want string) bool { return strings.Contains(name, want) || name == "Caused by" }) && !strings.HasPrefix(name, "[") {
			return fmt.Sprintf("properties %q, want %q", names, want.props)
		}
	}
	if slices.Contains(want.props, "code") && got.Code == "" && slices.Contains(names, "code") {
		return "no code"
	}
	text := stripped(c.Text)
	printsCause := strings.Contains(text, "[cause]: ") || strings.Contains(text, "Caused by: ") || strings.Count(text, " | ") > 0 && c.Runtime == "bun" && strings.Count(text, "^\n") > 1
	switch {
	case want.cause != nil && printsCause && got.Cause == nil:
		if !strings.Contains(text, "[cause]: [") && !strings.Contains(text, "[Error ...]") {
			return "no cause"
		}
	case want.cause != nil && got.Cause != nil:
		if problem := differs(got.Cause, *want.cause, c); problem != "" {
			return "cause: " + problem
		}
	case want.cause == nil && got.Cause != nil:
		return "a cause"
	}
	if len(want.errors) > 0 && strings.Contains(text, want.errors[0].message) && !strings.Contains(text, "[errors]: [Array]") {
		if len(got.Errors) != len(want.errors) {
			return fmt.Sprintf("%d errors, want %d", len(got.Errors), len(want.errors))
		}
		for i, e := range want.errors {
			if problem := differs(got.Errors[i], e, c); problem != "" {
				return fmt.Sprintf("errors[%d]: %s", i, problem)
			}
		}
	}
	return ""
}

// stripped returns text without colours.
func stripped(text string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, text, _ = strings.Cut(after, "m")
	}
}
