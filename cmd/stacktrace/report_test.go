package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// TestReportEscapes checks the text of a page of a hostile log: nothing of it stands there as HTML, and the
// policy knows the page's script and style. What a browser makes of it is tested in TestReportHostile.
func TestReportEscapes(t *testing.T) {
	for _, title := range append(hostileTexts, "") {
		page, stderr, status := runProcess(t, hostile, "report", "--title", title)
		if status != exitFound {
			t.Fatal(stderr)
		}
		lower := strings.ToLower(page)
		for part, want := range map[string]int{"<script": 2, "</script": 2, "<style": 1, "</style": 1, "<title": 1, "</title": 1, "<img": 0, "<svg": 0, "<iframe": 0, "<link": 0, "<base": 0, "<!--": 0, "http-equiv": 1, "<noscript": 1, "</noscript": 1, "<a ": 0} {
			got := strings.Count(lower, part)
			if part == "http-equiv" { // of the text that is escaped there are more
				got = strings.Count(lower, "<meta http-equiv")
			}
			if got != want {
				t.Errorf("--title %q: %d of %s, want %d", title, got, part, want)
			}
		}
		_, policy, _ := strings.Cut(page, `Content-Security-Policy" content="`)
		policy, _, _ = strings.Cut(policy, `"`)
		policy = html.UnescapeString(policy)
		for open, end := range map[string]string{"<script>": "</script>", "<style>": "</style>"} {
			_, source, _ := strings.Cut(page, open)
			source, _, _ = strings.Cut(source, end)
			sum := sha256.Sum256([]byte(source))
			if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; source == "" || !strings.Contains(policy, hash) {
				t.Errorf("the policy %q does not know %s with %s", policy, open, hash)
			}
		}
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
			t.Errorf("the policy is %q", policy)
		}
	}
}

// TestReportBounded checks that a page has the most frequent groups in full, others in brief, and tells
// how many it has no place for.
func TestReportBounded(t *testing.T) {
	g := newGroups(normalize.Stable)
	long := strings.TrimSpace(strings.Repeat("long ", 150))
	const many = 9000
	text := "Error: " + long + "\n    at f (/" + long + ":1:2)"
	trace, canonical := stacktrace.Parse(text), normalize.Trace(stacktrace.Parse(text))
	for i := range many {
		count := many - i
		g.total += count
		meaning := groups.MeaningOf(canonical, normalize.Stable)
		meaning.Fingerprint = fmt.Sprintf("st0:%d", i)
		one := &group{detail: &detail{raw: "Error: " + long + "\n    at f (https://shop.example/" + long + "/a.js:1:2)\n    at g (https://shop.example/src/b.js:3:4)\n"}}
		one.Add(&logscan.Found{Trace: trace}, &groups.Place{File: "log"}, meaning)
		one.Count = count
		g.byKey[meaning.Fingerprint] = one
	}
	d := newPageData(g, g.rank(0, nil), []string{"log"})
	var page strings.Builder
	if err := writePage(&page, "long", d); err != nil {
		t.Fatal(err)
	}
	if page.Len() > 5_000_000 {
		t.Errorf("the page has %d bytes", page.Len())
	}
	first, last := d.Groups[0], d.Groups[len(d.Groups)-1]
	if first.Raw == "" || len(first.Frames) != 2 || last.Raw != "" || last.Frames != nil || len(last.Title) > maxBrief+len("…") {
		t.Errorf("the first group is %+v, the last one %+v", first, last)
	}
	if d.Left == 0 || len(d.Groups)+d.Left != many || d.Total != g.total {
		t.Errorf("%d groups, %d left, %d traces of %d", len(d.Groups), d.Left, d.Total, g.total)
	}
}

func TestReportRefuses(t *testing.T) {
	if _, err := readStrength("weak"); err == nil {
		t.Error("a fingerprint that is none is taken")
	}
	if _, stderr, status := runProcess(t, mixed, "report", "--by", "weak"); status != exitUsage || !strings.Contains(stderr, `unknown fingerprint "weak"`) {
		t.Errorf("status %d, %s", status, stderr)
	}
	if page, stderr, status := runProcess(t, "fine\n", "report"); status != exitNone || !strings.Contains(page, `{"total":0,"groups":[]`) {
		t.Errorf("status %d, %s, %.100s", status, stderr, page)
	}
}

// TestReportMapped checks that the frames of a mapped trace are shown, not those of its text.
func TestReportMapped(t *testing.T) {
	const text = "Error: a\n    at x (https://shop.example/a.min.js:1:2)\n    at y (https://shop.example/a.min.js:1:9)\n"
	mapped := stacktrace.Parse(text)
	mapped.Frames[0].Func, mapped.Frames[0].File, mapped.Frames[0].Line = "load", "src/a.ts", 12
	g := newGroups(normalize.Stable)
	g.keep = keepDetail
	g.add(source{name: "log"}, logscan.Found{Trace: mapped, Text: text})
	got := newPageData(g, g.rank(0, nil), []string{"log"}).Groups[0]
	want := []pageFrame{{Func: "load", Place: "src/a.ts:12:2", App: true}, {Func: "y", Place: "https://shop.example/a.min.js:1:9", App: true}}
	if diff := cmp.Diff(want, got.Frames); diff != "" || got.Raw+"\n" != text {
		t.Errorf("frames (-want +got):\n%s\nof %q", diff, got.Raw)
	}
}
