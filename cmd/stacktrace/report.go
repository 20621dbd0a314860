package main

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	_ "embed" // the files of the page
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// reporting is the command that writes one page about the failures of a log.
type reporting struct {
	*command
	filter filter
	rules  rules

	output string
	title  string
	byFlag string

	releaseFlag string
}

func (c *command) newReport() *cobra.Command {
	r := &reporting{command: c}
	cmd := &cobra.Command{
		Use:   "report -o FILE [FILE...]",
		Short: "Write a page of HTML about the failures of a log",
		Long: `Report groups the traces of a log as top does and writes one page of HTML: each
failure with its count, trend, engines and times; a click opens its calls, its
messages and the text that was logged; with --maps, the source around the calls.
The page can be searched and sorted. It is one file, needs no network and sends
nothing; what was logged is shown as text and never run.

Releases and browsers are shown where a log tells them: as "release" or
"service.version" of JSON and logfmt, or as --release-match says; as a User-Agent.

The most frequent failures are shown in full; of others, as far as a page of 5 MB
has space for them, only the title and the numbers.
` + timesNote,
		Example: `  stacktrace report -o report.html app.log app.log.1.gz
  stacktrace report --maps dist --release-match 'shop@([0-9.]+)' -o report.html app.log
  stacktrace report --since 24h --title 'The shop, today' -o today.html app.log`,
		RunE: func(_ *cobra.Command, files []string) error { return r.run(files) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&r.output, "output", "o", "", "the `FILE` to write (default: standard output, if that is no terminal)")
	flags.StringVar(&r.title, "title", "", "the title of the page")
	flags.StringVar(&r.releaseFlag, "release-match", "", "the release is what the last group of `REGEXP` matches in a trace's lines, or in the name of its file")
	flags.StringVar(&r.byFlag, "by", normalize.Stable.String(), "the fingerprint to group by: exact, stable or loose")
	c.complete(cmd, "by", "exact", "stable", "loose")
	r.filter.addFlags(c, cmd)
	r.rules.addFlags(cmd)
	return cmd
}

func (r *reporting) run(files []string) error {
	if r.output == "" && isTerminal(r.stdout) {
		return errors.New("report needs -o FILE on a terminal")
	}
	by, err := readStrength(r.byFlag)
	if err != nil {
		return err
	}
	if err := r.filter.read(time.Now()); err != nil {
		return err
	}
	g := newGroups(by)
	if g.rules, err = r.rules.options(); err != nil {
		return err
	}
	g.refine, g.keep, g.teller = r.filter.refine, keepDetail, &teller{}
	if r.releaseFlag != "" {
		if g.teller.release, err = regexp.Compile(r.releaseFlag); err != nil {
			return fmt.Errorf("--release-match: %w", err)
		}
	}
	r.showProgress(r.inputSize(files))
	r.readLogs(files, logReading{options: logscan.Options{Location: r.filter.zone}, found: func(from source, f logscan.Found) error {
		if r.filter.matches(&f) {
			g.addLater(from, f)
		}
		return nil
	}})
	g.flush()
	r.found = g.total > 0
	names := orStandardInput(files)
	ranked := g.rank(0, nil)
	countLines(names, ranked)
	r.report(r.write(newPageData(g, ranked, names)))
	return nil
}

// write writes the page to the file of --output. A file that could not be written whole is
// removed.
func (r *reporting) write(d *pageData) error {
	title := cmp.Or(r.title, "Failures in "+titleOf(d.Files))
	if r.output == "" {
		return writePage(r.stdout, title, d)
	}
	file, err := os.Create(r.output)
	if err != nil {
		return err
	}
	_, isRegular := fileSize(file)
	err = errors.Join(writePage(file, title, d), file.Close())
	if err != nil && isRegular {
		os.Remove(r.output)
	}
	return err
}

// titleOf returns what a page is about: one file, or how many there are.
func titleOf(files []string) string {
	if len(files) == 1 {
		return filepath.Base(files[0])
	}
	return "several files"
}

//go:embed page/page.html
var pageHTML string

//go:embed page/page.css
var pageCSS string

//go:embed page/page.js
var pageJS string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// pageData is what a page shows, as its script reads it.
type pageData struct {
	Total  int         `json:"total"` // traces
	Groups []pageGroup `json:"groups"`
	Left   int         `json:"left,omitempty"`   // groups for which the page has no place
	Others int         `json:"others,omitempty"` // traces of groups that were not told apart
	First  *int64      `json:"first,omitempty"`  // milliseconds since 1970
	Last   *int64      `json:"last,omitempty"`
	Counts []uint32    `json:"counts,omitempty"`
	Files  []string    `json:"files,omitempty"`
	Live   bool        `json:"live,omitempty"`  // the page can ask for more
	Piped  bool        `json:"piped,omitempty"` // there may be more without asking
}

type pageGroup struct {
	Fingerprint string         `json:"fingerprint,omitempty"`
	Count       int            `json:"count"`
	Title       string         `json:"title"`
	Type        string         `json:"type,omitempty"`
	Code        string         `json:"code,omitempty"`
	Culprit     string         `json:"culprit,omitempty"`
	Cause       string         `json:"cause,omitempty"`
	Engines     []groups.Tally `json:"engines,omitempty"`
	Streams     []groups.Tally `json:"streams,omitempty"`
	Releases    []groups.Tally `json:"releases,omitempty"`
	Browsers    []groups.Tally `json:"browsers,omitempty"`
	First       *int64         `json:"first,omitempty"`
	Last        *int64         `json:"last,omitempty"`
	Counts      []uint32       `json:"counts,omitempty"`
	Example     string         `json:"example,omitempty"`
	Frames      []pageFrame    `json:"frames,omitempty"`
	Messages    []groups.Tally `json:"messages,omitempty"`
	Template    string         `json:"template,omitempty"`
	Varied      []string       `json:"varied,omitempty"`
	Raw         string         `json:"raw,omitempty"`
}

type pageFrame struct {
	Func  string `json:"func"`
	Place string `json:"place"`
	App   bool   `json:"app,omitempty"`
	Of    string `json:"of,omitempty"` // whose code it is, if not the application's

	Source []sourceLine `json:"source,omitempty"` // around the call, if it is known
}

// sourceLine is a line of source code.
type sourceLine struct {
	Number int    `json:"number,omitempty"` // from 1; 0 if it is not known
	Text   string `json:"text"`
	Here   bool   `json:"here,omitempty"` // the call is in it
}

// How many bytes of JSON a page may have for groups that are shown in full, and for all.
const (
	maxFullBytes = 2_500_000
	maxPageBytes = 4_600_000
	maxBrief     = 120 // bytes of a title of a group that is not shown in full
)

// newPageData returns what a page shows of groups, the first ones in full.
func newPageData(g *grouping, ranked []*group, files []string) *pageData {
	d := &pageData{Total: g.total, Others: g.others, Groups: []pageGroup{}, Files: pageFiles(files)}
	all, used := g.totals(), 0
	for i, one := range ranked {
		d.tellTime(one)
		p := newPageGroup(all, one)
		if used < maxFullBytes {
			p.addDetail(one)
		} else {
			p.shorten()
		}
		size := jsonSize(p)
		if used+size > maxPageBytes {
			d.Left = len(ranked) - i
			break
		}
		used += size
		d.Groups = append(d.Groups, p)
	}
	for _, one := range ranked {
		for i, n := range all.Span.Counts(&one.Group) {
			if i >= len(d.Counts) {
				d.Counts = append(d.Counts, make([]uint32, i+1-len(d.Counts))...)
			}
			d.Counts[i] += n
		}
	}
	return d
}

// pageFiles returns the names of the files for a person.
func pageFiles(files []string) []string {
	const most = 5
	names := make([]string, 0, most+1)
	for i, name := range files {
		if i == most {
			return append(names, fmt.Sprintf("%d more", len(files)-most))
		}
		if name == "-" {
			name = "standard input"
		}
		names = append(names, name)
	}
	return names
}

// jsonSize returns about how long v is in JSON that is part of HTML.
func jsonSize(v any) int {
	b, err := json.Marshal(v)
	if err != nil {
		return 0
	}
	return len(b) + 1
}

// tellTime widens the time of the page by that of a group.
func (d *pageData) tellTime(g *group) {
	if g.First.IsZero() {
		return
	}
	if first := g.First.UnixMilli(); d.First == nil || first < *d.First {
		d.First = &first
	}
	if last := g.Last.UnixMilli(); d.Last == nil || last > *d.Last {
		d.Last = &last
	}
}

func newPageGroup(all *groups.Totals, g *group) pageGroup {
	p := pageGroup{
		Fingerprint: g.Fingerprint,
		Count:       g.Count,
		Title:       g.Title(),
		Type:        g.Type(),
		Code:        g.Code(),
		Culprit:     g.Culprit(),
		Cause:       g.Cause(),
		Streams:     g.streams,
		Releases:    g.releases,
		Browsers:    g.browsers,
		Counts:      all.Span.Counts(&g.Group),
		Example:     g.Example.String(),
	}
	for _, e := range g.Engines() {
		p.Engines = append(p.Engines, groups.Tally{Name: e.Engine.Title(), Count: e.Count})
	}
	if !g.First.IsZero() {
		first, last := g.First.UnixMilli(), g.Last.UnixMilli()
		p.First, p.Last = &first, &last
	}
	return p
}

// addDetail adds what a click opens.
func (p *pageGroup) addDetail(g *group) {
	p.Messages = g.Messages()
	if g.Varies() {
		p.Template = g.Template()
	}
	p.Varied = g.Changed()
	if g.detail == nil {
		return
	}
	p.Raw = g.detail.raw
	p.Frames = g.detail.pageFrames()
}

// shorten leaves only what the list shows.
func (p *pageGroup) shorten() {
	*p = pageGroup{
		Count: p.Count, Title: groups.Shorten(p.Title, maxBrief), Type: p.Type, Culprit: groups.Shorten(p.Culprit, maxBrief),
		First: p.First, Last: p.Last, Fingerprint: p.Fingerprint,
	}
	if len(p.Type) > maxBrief {
		p.Type = ""
	}
}

// writePage writes the page of d. The policy of the page lets its script and style run and nothing else,
// whatever a log has brought into it.
func writePage(w io.Writer, title string, d *pageData) error {
	const shownWithoutScript = 100
	out := bufio.NewWriter(w)
	err := pageTemplate.Execute(out, map[string]any{
		"Title":   title,
		"Policy":  pagePolicy(d.Live),
		"Style":   template.CSS(pageCSS),
		"Script":  template.JS(pageJS),
		"Data":    d,
		"First":   d.Groups[:min(shownWithoutScript, len(d.Groups))],
		"Version": version(),
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// pagePolicy returns the Content Security Policy of a page. A live one may ask the server that it is from.
func pagePolicy(live bool) string {
	policy := "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + sourceHash(pageCSS) + "; script-src " + sourceHash(pageJS)
	if live {
		policy += "; connect-src 'self'"
	}
	return policy
}

// sourceHash returns the hash by which a policy knows a script or style.
func sourceHash(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
