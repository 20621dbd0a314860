package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/stacktrace-go/stacktrace/internal/groups"
	"github.com/stacktrace-go/stacktrace/logscan"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// topping is the command that prints which failures of a log are most frequent.
type topping struct {
	*command
	filter filter
	rules  rules

	format   string
	byFlag   string
	n        int
	newFlag  string
	follow   bool
	several  bool // files
	groups   *grouping
	newSince time.Time       // of --new-since; zero if that is no time
	known    map[string]bool // the fingerprints that were there before; nil without --new-since FILE
	look     look
}

func (c *command) newTop() *cobra.Command {
	t := &topping{command: c}
	cmd := &cobra.Command{
		Use:   "top [FILE...]",
		Short: "Print the most frequent failures of a log",
		Long: `Top groups the traces of a log by fingerprint and prints the most frequent groups.
A line of JSON is

    {"fingerprint": "st2:s8d2...", "count": 8, "share": 0.5, "first": "...",
     "last": "...", "engines": ["v8"], "type": "TypeError", "message": "...",
     "template": "...", "frames": [...], "start": 120,
     "timeline": {"start": "...", "seconds": 67.1, "counts": [...],
                  "sparkline": "▁▃█▁▁▁▁▂"},
     "line": 7, "title": "TypeError: ...", "culprit": "load (/src/cart.js:12)",
     "cause": "Error: ...", "code": "..."}

with the first message, and the first calls of the application's code; "start"
and "line" are where the first trace is. The title has the message that was logged
most. The first 10,000 groups are kept; traces of others are only counted.

--new-since prints only the groups that were not there before: whose fingerprint
is not in FILE, which top --format json -n 0 wrote, or whose first trace is not
before TIME. The exit status is 3 then if there are such groups, and 0 if not.

--follow reads on until Ctrl-C, and shows the groups on a terminal all the while.
` + timesNote,
		Example: `  stacktrace top app.log app.log.1.gz app.log.2.zst
  stacktrace top -n 5 --in-app --since 24h app.log
  stacktrace top --format json -n 0 yesterday.log >known.ndjson
  stacktrace top --new-since known.ndjson today.log
  stacktrace top --follow /var/log/shop/*.log`,
		RunE: func(_ *cobra.Command, files []string) error {
			saveMemory()
			return t.run(files)
		},
	}
	flags := cmd.Flags()
	c.formatFlag(cmd, &t.format, "json (one group a line) or text (default: text on a terminal)", "ndjson")
	flags.StringVar(&t.byFlag, "by", normalize.Stable.String(), "the fingerprint to group by: exact, stable or loose")
	c.complete(cmd, "by", "exact", "stable", "loose")
	flags.IntVarP(&t.n, "groups", "n", 10, "print `N` groups, 0 for all")
	t.filter.addFlags(c, cmd)
	t.rules.addFlags(cmd)
	flags.StringVar(&t.newFlag, "new-since", "", "only failures that are new since `FILE|TIME`")
	flags.BoolVarP(&t.follow, "follow", "f", false, "read files on as they grow, and show the groups meanwhile")
	return cmd
}

func (t *topping) run(files []string) error {
	if err := t.chooseFormat(&t.format, "json"); err != nil {
		return err
	}
	if t.n < 0 {
		return fmt.Errorf("-n %d is less than none", t.n)
	}
	by, err := readStrength(t.byFlag)
	if err != nil {
		return err
	}
	now := time.Now()
	if err := t.filter.read(now); err != nil {
		return err
	}
	if err := t.readNewSince(now); err != nil {
		return err
	}
	t.several = len(files) > 1
	t.groups = newGroups(by)
	if t.groups.rules, err = t.rules.options(); err != nil {
		return err
	}
	t.groups.refine = t.filter.refine
	t.look = t.command.look()
	l := logReading{options: logscan.Options{Location: t.filter.zone}, follow: t.follow, found: func(from source, f logscan.Found) error {
		if !t.filter.matches(&f) {
			return nil
		}
		if t.follow {
			t.groups.add(from, f)
		} else {
			t.groups.addLater(from, f)
		}
		return nil
	}}
	if t.follow {
		l.options.Idle = idle
		t.readLive(files, l)
	} else {
		t.showProgress(t.inputSize(files))
		t.readLogs(files, l)
	}
	t.finish(orStandardInput(files))
	return nil
}

// finish prints the groups and sets the exit status.
func (t *topping) finish(files []string) {
	t.groups.flush()
	t.found = t.groups.total > 0
	shown := t.groups.rank(t.n, t.wanted)
	if t.newFlag != "" {
		t.found, t.isNew = true, len(t.groups.rank(0, t.wanted)) > 0
	}
	countLines(files, shown)
	out := bufio.NewWriter(t.stdout)
	var err error
	if t.format == "json" {
		err = t.writeJSON(out, shown)
	} else {
		t.writeText(out, shown)
	}
	t.report(cmp.Or(err, out.Flush()))
}

// readStrength reads the name of a strength of fingerprints.
func readStrength(name string) (normalize.Strength, error) {
	for _, s := range strengths {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("unknown fingerprint %q: exact, stable or loose", name)
}

// readNewSince reads the value of --new-since: a time, or a file that top has written.
func (t *topping) readNewSince(now time.Time) (err error) {
	if t.newFlag == "" {
		return nil
	}
	if t.newSince, err = readTime("new-since", t.newFlag, now, t.filter.zone); err == nil {
		return nil
	}
	content, err := os.ReadFile(t.newFlag)
	if os.IsNotExist(err) {
		return errFlag("new-since", t.newFlag, "a time and no file that is there")
	}
	if err != nil {
		return err
	}
	t.known = map[string]bool{}
	for i, line := range bytes.Split(content, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var group struct {
			Fingerprint string `json:"fingerprint"`
		}
		if err := json.Unmarshal(line, &group); err != nil || group.Fingerprint == "" {
			return fmt.Errorf("--new-since %s:%d: not a group as top --format json -n 0 writes it", t.newFlag, i+1)
		}
		if want := t.byFlag[:1]; !strings.Contains(group.Fingerprint, ":"+want) {
			return fmt.Errorf("--new-since %s:%d: %s is no fingerprint of --by %s", t.newFlag, i+1, group.Fingerprint, t.byFlag)
		}
		t.known[group.Fingerprint] = true
	}
	return nil
}

// wanted reports whether a group is to be printed.
func (t *topping) wanted(g *group) bool {
	switch {
	case t.known != nil:
		return !t.known[g.Fingerprint]
	case !t.newSince.IsZero():
		return !g.First.IsZero() && !g.First.Before(t.newSince)
	}
	return true
}

func (t *topping) writeJSON(out io.Writer, shown []*group) error {
	encoder, all := newEncoder(out), t.groups.totals()
	for _, one := range shown {
		if err := encoder.Encode(one.Row(all, t.several)); err != nil {
			return err
		}
	}
	if g := t.groups; g.others > 0 {
		fmt.Fprintf(t.stderr, "stacktrace: %d traces are of other groups than the first %d, and only counted\n", g.others, g.max)
	}
	return nil
}

// writeText writes the groups for a person: a line for the failure, below it where it was and when.
//
//	3  37.5 %  ▁▁▂▁█▁▁▁▁▁▁▁▁▁▁  TypeError: Cannot read properties of undefined (reading 'price')
//	   Cart.add     /src/shop.js:4
//	   exports.run  /src/run.js:6
//	   V8, 2026-11-21 22:29:46.96 Z to 2026-11-21 22:29:47.1 Z, first in app.log:7
//	   st2:s8d292f19d9fef2f85f942ba3159be95e
func (t *topping) writeText(out io.Writer, shown []*group) {
	if t.groups.total == 0 {
		return
	}
	for _, line := range t.text(shown) {
		io.WriteString(out, line+"\n")
	}
}

// text returns the lines that writeText writes.
func (t *topping) text(shown []*group) []string {
	g := t.groups
	all := g.totals()
	width := len(fmt.Sprint(g.total))
	rest := g.total
	var lines []string
	for _, one := range shown {
		rest -= one.Count
		lines = append(append(lines, t.textOf(one, all, width)...), "")
	}
	hidden := len(g.byKey) - len(shown)
	if rest > 0 {
		what := plural(hidden, "other group")
		if g.others > 0 {
			what = fmt.Sprintf("other groups, of which only the first %d are told apart", g.max)
		}
		if t.newFlag != "" {
			what += ", known before or not shown"
		}
		lines = append(lines, fmt.Sprintf("%*d  %5.1f %%  %s", width, rest, 100*all.Share(rest), what))
	}
	return append(lines, fmt.Sprintf("%*d  traces", width, g.total))
}

// textOf returns the lines of one group.
func (t *topping) textOf(g *group, all *groups.Totals, width int) []string {
	l := t.look
	head := fmt.Sprintf("%*d", width, g.Count)
	line := l.in(styleCount, head) + fmt.Sprintf("  %5.1f %%", 100*all.Share(g.Count))
	if s := groups.Sparkline(all.Span.Counts(&g.Group)); s != "" {
		line += "  " + l.in(styleChart, s)
	}
	title := clean(g.Title())
	if l.width > 0 {
		title = fit(title, max(20, l.width-ansi.StringWidth(line)-2))
	}
	if name, message, ok := strings.Cut(title, ": "); ok && name == clean(g.Type()) {
		title = l.in(styleType, name) + ": " + l.in(styleMessage, message)
	} else {
		title = l.in(styleType, title)
	}
	lines := []string{line + "  " + title}
	indent := strings.Repeat(" ", width+2)
	add := func(s string) { lines = append(lines, indent+s) }
	funcs := 0
	for _, f := range g.Frames {
		funcs = max(funcs, min(ansi.StringWidth(clean(f.Func)), maxFuncColumns))
	}
	for _, f := range g.Frames {
		name, place := pad(clean(f.Func), funcs), clean(groups.PlaceOf(f))
		if l.width > 0 {
			place = fitEnd(place, max(20, l.width-len(indent)-ansi.StringWidth(name)-2))
		}
		add(l.in(styleFunc, name) + "  " + l.in(stylePlace, place))
	}
	if cause := g.Cause(); cause != "" {
		add(l.in(styleDim, "caused by ") + fit(clean(cause), max(0, l.width-len(indent)-len("caused by "))))
	}
	var facts []string
	for _, s := range []string{g.engineNamesOf(), g.when(), firstIn(g.Example)} {
		if s != "" {
			facts = append(facts, clean(s))
		}
	}
	add(l.in(styleDim, strings.Join(facts, ", ")))
	add(l.in(styleDim, g.Fingerprint))
	return lines
}

// firstIn tells where the first trace of a group is; "" if it is not known.
func firstIn(e groups.Place) string {
	if e.Line == 0 {
		return ""
	}
	return "first in " + e.String()
}

// countLines fills in the lines of the log at which the examples of groups are. It reads the files
// again, up to the last of these lines: to count all lines in the first place would take longer.
func countLines(files []string, shown []*group) {
	byFile := map[int][]*groups.Place{}
	for _, g := range shown {
		byFile[g.Example.Index] = append(byFile[g.Example.Index], &g.Example)
	}
	for index, examples := range byFile {
		name := files[index]
		if info, err := os.Stat(name); name == "-" || err != nil || !info.Mode().IsRegular() {
			continue // it cannot be read again
		}
		slices.SortFunc(examples, func(a, b *groups.Place) int { return cmp.Compare(a.Start, b.Start) })
		countLinesOf(name, examples)
	}
}

// countLinesOf counts the lines before each example of a file. What cannot be read is not counted.
func countLinesOf(name string, examples []*groups.Place) {
	file, err := os.Open(name)
	if err != nil {
		return
	}
	defer file.Close()
	in, err := decoded(file)
	if err != nil {
		return
	}
	buffer := make([]byte, 64<<10)
	offset, line := int64(0), 1
	for len(examples) > 0 {
		n, err := in.Read(buffer)
		chunk, begin := buffer[:n], 0
		for len(examples) > 0 && examples[0].Start < offset+int64(n) {
			end := int(examples[0].Start - offset)
			line += bytes.Count(chunk[begin:end], []byte("\n"))
			examples[0].Line, examples, begin = line, examples[1:], end
		}
		line += bytes.Count(chunk[begin:], []byte("\n"))
		offset += int64(n)
		if err != nil {
			return
		}
	}
}
