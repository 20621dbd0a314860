package main

import (
	"encoding/json"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// Result is what an engine said of a program's error.
type Result struct {
	truth.Capture

	// Failed says why there is no trace: the engine does not know the construct, or took too long.
	Failed string
}

// told is what the harness sends: the fields of a capture as the engine knows them.
type told struct {
	Name    *string          `json:"name"`
	Message *string          `json:"message"`
	String  *string          `json:"string"`
	Text    string           `json:"text"`
	Sites   []truth.CallSite `json:"sites"`
	Top     *truth.Place     `json:"top"`
}

const toldMark = "conformance:"

// readTold finds what the harness printed among what a program printed.
func readTold(output string) (told, bool) {
	for line := range strings.Lines(output) {
		if i := strings.Index(line, toldMark+"{"); i >= 0 {
			var t told
			if json.Unmarshal([]byte(line[i+len(toldMark):]), &t) == nil {
				return t, true
			}
		}
	}
	return told{}, false
}

// take puts what the engine told into the capture.
func (r *Result) take(t told) {
	r.Kind, r.Name, r.Message, r.String, r.Text = "error.stack", t.Name, t.Message, t.String, t.Text
	if t.Top != nil && t.Top.Line > 0 {
		r.Top = t.Top
	}
}

// takeSites puts V8's call sites, from a second run, into the capture.
func (r *Result) takeSites(sites []truth.CallSite) {
	for i := range sites {
		sites[i].Wasm = strings.Contains(sites[i].Text, "wasm-function[")
	}
	r.Sites = sites
}

// rename replaces the folder or host at which a program was run by the one that captures have.
func (r *Result) rename(from, to string) {
	replace := func(s *string) { *s = strings.ReplaceAll(*s, from, to) }
	replace(&r.Text)
	for _, s := range []*string{r.Name, r.Message, r.String} {
		if s != nil {
			replace(s)
		}
	}
	if r.Top != nil {
		replace(&r.Top.File)
	}
	for i := range r.Sites {
		replace(&r.Sites[i].File)
		replace(&r.Sites[i].Origin)
		replace(&r.Sites[i].Text)
		replace(&r.Sites[i].Func)
	}
}

// outline is the first line of what a program printed that tells why it failed.
func outline(output string) string {
	first := ""
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if first == "" {
			first = line
		}
		if strings.Contains(line, "Error") {
			return line
		}
	}
	return first
}
