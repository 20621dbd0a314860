package main

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// maxRaw is how many bytes of the first trace of a group a report shows.
const maxRaw = 3000

// detail is what a report shows of a group beside what top does.
type detail struct {
	raw string // the text of the first trace, without prefixes
}

// keepDetail keeps the text of the first trace of a group.
func keepDetail(g *group, f *logscan.Found, _ *normalize.Canonical) {
	text := strings.TrimRight(f.Text, "\n")
	g.detail = &detail{raw: shorten(text, maxRaw)}
}
