package main

import (
	"regexp"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
)

// teller finds what the lines of a trace tell of the program beside the error: its release, and the browser that it
// ran in.
type teller struct {
	release *regexp.Regexp // its first group is the release, in the lines or in the name of the file; nil for the usual names
}

// The names under which structured logs tell of a release and a browser.
var (
	releaseNames = []string{"release", "service.version", "appVersion", "app_version", "app.version"}
	browserNames = []string{"browser", "userAgent", "user_agent", "agent"}
)

// The limits of what is read and kept.
const (
	maxToldText = 16 << 10 // bytes of the lines of a trace
	maxTold     = 60       // bytes of a release or a browser
	maxTallies  = 12       // releases and browsers of a group
)

// read returns the release and the browser that the lines of a trace tell, or the file of them; "" if they do not.
func (r *teller) read(file string, f *logscan.Found) (release, browser string) {
	left := maxToldText
	for i := range f.Pieces {
		if release != "" && browser != "" || left <= 0 {
			break
		}
		text := f.Pieces[i].Text
		text = text[:min(len(text), left)]
		left -= len(text)
		if release == "" {
			release = r.releaseIn(text)
		}
		if browser == "" {
			browser = browserIn(text)
		}
	}
	if release == "" && r.release != nil {
		release = r.releaseIn(file)
	}
	return groups.Shorten(release, maxTold), groups.Shorten(browser, maxTold)
}

func (r *teller) releaseIn(text string) string {
	if r.release == nil {
		return valueIn(text, releaseNames)
	}
	if m := r.release.FindStringSubmatch(text); m != nil {
		return m[len(m)-1]
	}
	return ""
}

// valueIn returns the value of the first of the names that a line of JSON or logfmt has: "release":"2.4.1",
// release=2.4.1. Values that are no strings are none.
func valueIn(text string, names []string) string {
	for _, name := range names {
		for rest := text; ; {
			at := strings.Index(rest, name)
			if at < 0 {
				break
			}
			before := rest[:at]
			rest = rest[at+len(name):]
			if value, ok := strings.CutPrefix(rest, `"`); ok && strings.HasSuffix(before, `"`) {
				value, ok = strings.CutPrefix(strings.TrimLeft(value, " "), ":")
				value, quoted := strings.CutPrefix(strings.TrimLeft(value, " "), `"`)
				if end := strings.IndexAny(value, `"\`); ok && quoted && end > 0 {
					return value[:end]
				}
				continue
			}
			if value, ok := strings.CutPrefix(rest, "="); ok && (before == "" || strings.HasSuffix(before, " ")) {
				end := " \n\r"
				if unquoted, ok := strings.CutPrefix(value, `"`); ok {
					value, end = unquoted, `"`
				}
				if i := strings.IndexAny(value, end); i >= 0 {
					value = value[:i]
				}
				if value != "" {
					return value
				}
			}
		}
	}
	return ""
}

// browserIn returns the browser that a text names, with its version: "Firefox 128".
func browserIn(text string) string {
	if at := strings.Index(text, "Mozilla/5.0 ("); at >= 0 {
		return browserOf(text[at:])
	}
	if name := valueIn(text, browserNames); name != "" && !strings.Contains(name, "/") {
		return name
	}
	return ""
}

// browsers are the words by which a User-Agent tells a browser, those first that stand beside the words of another.
// What each of them sends is documented on MDN, "Browser detection using the user agent".
var browsers = [...]struct{ word, name string }{
	{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"},
	{"CriOS/", "Chrome on iOS"}, {"FxiOS/", "Firefox on iOS"}, {"Firefox/", "Firefox"}, {"HeadlessChrome/", "Chrome"}, {"Chrome/", "Chrome"},
	{"Trident/", "Internet Explorer"}, {"Version/", "Safari"},
}

// browserOf returns the browser of a User-Agent; "" if it is none that is known.
func browserOf(agent string) string {
	if end := strings.IndexAny(agent, "\"\n"); end >= 0 {
		agent = agent[:end]
	}
	for _, b := range browsers {
		if _, version, ok := strings.Cut(agent, b.word); ok {
			end := 0
			for end < len(version) && '0' <= version[end] && version[end] <= '9' {
				end++
			}
			return strings.TrimSpace(b.name + " " + version[:end])
		}
	}
	return ""
}
