package main

import (
	"fmt"
	"strings"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
)

// trace is a text that the readers are compared with.
type trace struct {
	name   string
	engine string
	text   string
	frames []stacktrace.Frame // that are there
}

// picks are captured traces of 10 to 50 frames, one of each engine that has one which
// shows whose it is.
var picks = [...]struct{ engine, id string }{
	{"v8", "chromium:html/react18-production/react18.3.1:render:error"},
	{"spidermonkey", "firefox:html/react17-development/react17.0.2:render:error"},
	{"jsc", "webkitgtk:html/react17-development/react17.0.2:render:error"},
	{"chakra", "chhost:es22-errors/limit-50"},
	{"hermes", "hermes0.12:ts5-es17-async/sync-part"},
	{"quickjs", "quickjs:ts5-es18-asyncgen/asyncIterator-method"},
	{"bun", "bun:es22-errors/limit-50"},
	{"duktape", "duk:e5-overflow/toString"},
	{"mujs", "mujs:e5-native/nested-natives"},
	{"xs", "xst:x-state/limit:Infinity"},
	{"goja", "goja:ts5-es17-async/sync-part"},
	{"engine262", "e262:ts5-es18-asyncgen/asyncIterator-method"},
}

// runtimes are the browsers of whose traces of React those of 50 frames are made.
var runtimes = [...]struct{ engine, runtime string }{{"v8", "chromium"}, {"spidermonkey", "firefox"}, {"jsc", "webkitgtk"}}

// loadTraces returns the traces of 50 frames, one of 1,000, one of each engine, and those of mixed lines and of
// lines of one kind.
func loadTraces() ([]trace, error) {
	all, err := corpus.Read[capture]("../testdata/captures/traces.jsonl.gz")
	if err != nil {
		return nil, err
	}
	var traces []trace
	add := func(engine, name, text string, least int) error {
		frames := stacktrace.AppendFrames(nil, text)
		if len(frames) < least || frames[0].Engine.String() != engine {
			return fmt.Errorf("%s is no trace of %s with %d frames: it has %d\n%s", name, engine, least, len(frames), text)
		}
		traces = append(traces, trace{fmt.Sprintf("%s, %d", name, len(frames)), engine, text, frames})
		return nil
	}
	thousand := ""
	for _, r := range runtimes {
		text := fiftyFrames(all, r.runtime)
		if err := add(r.engine, r.engine, text, 50); err != nil {
			return nil, err
		}
		if r.engine == "v8" {
			header, frames, _ := strings.Cut(text, "\n")
			thousand = header + strings.Repeat("\n"+frames, 20)
		}
	}
	if err := add("v8", "v8", thousand, 1000); err != nil {
		return nil, err
	}
	for _, pick := range picks {
		i := 0
		for i < len(all) && all[i].ID != pick.id {
			i++
		}
		if i == len(all) {
			return nil, fmt.Errorf("no capture %s", pick.id)
		}
		if err := add(pick.engine, pick.engine, all[i].Text, 9); err != nil {
			return nil, err
		}
	}
	for _, m := range mixes {
		if err := add(m.engine, m.engine+" mixed", mixedFrames(all, m.engine, m.runtimes, 50), 50); err != nil {
			return nil, err
		}
	}
	for _, r := range rows {
		if err := add(r.engine, r.engine+" "+r.name, repeatedLine(r.header, r.line, 50), 50); err != nil {
			return nil, err
		}
	}
	return traces, nil
}

// capture is a trace that an engine wrote; see testdata/README.md of the module around this one.
type capture struct {
	ID, Scenario, Runtime, Kind, Text string
}

// fiftyFrames returns a trace of 50 frames: those of the traces that React's error boundaries caught in
// a browser, one after the other, under the header of the first.
func fiftyFrames(captures []capture, runtime string) string {
	const count = 50
	var b strings.Builder
	n := 0
	for _, c := range captures {
		if c.Runtime != runtime || c.Kind != "error.stack" || !strings.HasPrefix(c.Scenario, "html/react") {
			continue
		}
		frames := stacktrace.AppendFrames(nil, c.Text)
		if len(frames) < 8 {
			continue
		}
		if header := c.Text[:strings.Index(c.Text, frames[0].Text)]; n == 0 {
			b.WriteString(header)
		}
		for _, f := range frames {
			if n == count {
				return b.String()
			}
			if n > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(f.Text)
			n++
		}
	}
	return b.String()
}
