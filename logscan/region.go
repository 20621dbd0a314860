package logscan

import (
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/header"
	"github.com/stacktrace-go/stacktrace/internal/segment"
	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// maxLines is the number of lines that a trace may have, whatever their length.
const maxLines = 20_000

// region is a trace whose end has not come yet.
type region struct {
	key     key
	form    form   // how its lines stand in the log
	shaped  string // what the prefix of the last line tells of the stream
	told    string // what is known of the prefix
	base    int    // the indentation of the first line, which is of a prefix of a shape
	weak    bool   // the prefix is perhaps none
	mixed   bool   // the header stands in the log in another form than the frames
	entry   bool   // the log's entry prefix stands before the frames too
	owner   string
	python  bool
	block   int // the indentation of the key whose text the lines are, in YAML; -1 if they are of none
	excerpt excerpt
	parts   bool // the lines are parts of one
	begun   bool

	start int64
	head  line // its first line
	last  line // its last line
	lines []regionLine
	body  []byte // what the lines say
	time  time.Time
	zone  string // in which the time was taken to be
	seen  int64  // the end of its last line

	frameLines int
	first      int // the index of the first sure frame
	firstFrame line
	certain    int // lines[:certain] belong to it, whatever comes
	indent     int // of the first frame
	braces     int // the indentation of what closes the object in which the error was printed; -1 if none is open
	at         bool
	exception  bool // Python's last line has come

	truncated string
	limit     string // that ended it, perhaps before its end
	isRest    bool   // it may be the rest of one that a limit ended
}

// regionLine is where a line of a region is, and where what it says ends in the region's body.
type regionLine struct {
	start, next int64
	body        int
}

// newRegion returns a region that l is the first line of, or the first sure one.
func (c *cutter) newRegion(l *line) *region {
	r := c.spare
	if c.spare = nil; r == nil {
		r = new(region)
	}
	*r = region{key: l.key(), form: l.form, shaped: l.shaped, told: l.told, weak: l.weak, entry: l.hasEntry, start: l.start, braces: -1, block: -1, python: l.kind == pythonStart, at: l.isAt(), indent: indentOf(l.body),
		lines: r.lines[:0], body: r.body[:0]}
	return r
}

// maxSpare is how many bytes may have room in a region that is kept for the next one.
const maxSpare = 16 << 10

// spareRegion keeps a region that has ended: most of a log that looks like traces are short ones.
func (c *cutter) spareRegion(r *region) {
	if cap(r.body) <= maxSpare && len(r.lines) <= maxHeaderLines {
		c.spare = r
	}
}

// excerpt is where a region is in an excerpt of the source that Bun prints before an error.
type excerpt uint8

const (
	noExcerpt excerpt = iota
	inSource
	atCaret // what follows is the error's header
)

// verdict is what a region says of a line.
type verdict uint8

const (
	isForeign  verdict = iota // it is of another stream
	joins                     // it is of this trace, or may be
	endsRegion                // it is not, and nothing behind it is
	endsWith                  // it is the last line
)

// add appends a line.
func (r *region) add(c *cutter, l *line) {
	if len(r.lines) == 0 {
		r.start, r.head = l.start, *l
	}
	if r.owner == "" {
		r.owner = l.owner
	}
	r.mixed = r.mixed || l.stray
	r.shaped = l.shaped
	if r.time.IsZero() && (l.timeText != "" || len(r.lines) == 0) {
		r.time, r.zone = c.timeOf(l)
	}
	body := strings.TrimSuffix(l.body, "\r")
	cut := min(r.base, indentOf(body))
	if len(r.lines) == 0 && l.shaped != "" && l.kind == other {
		cut = indentOf(body)
	}
	r.body = append(r.body, body[cut:]...)
	if !l.partial {
		r.body = append(r.body, '\n')
	}
	r.lines = append(r.lines, regionLine{l.start, l.next, len(r.body)})
	r.last = *l
	if l.cut {
		r.truncated = "line"
	}
}

// drop takes the first n lines away.
func (r *region) drop(n int, first *line) {
	if n == 0 {
		return
	}
	from := r.lines[n-1].body
	r.body = r.body[from:]
	r.lines = r.lines[n:]
	for i := range r.lines {
		r.lines[i].body -= from
	}
	r.certain -= n
	r.start, r.head = first.start, *first
}

// setBase tells how far the lines are indented behind a prefix of a shape: as far as the lines before the first
// frame are. That is of the prefix too.
func (r *region) setBase(before []line) {
	if r.shaped == "" {
		return
	}
	base := r.indent
	for i := range before {
		if before[i].kind != blank && !before[i].stray {
			base = min(base, indentOf(before[i].body))
		}
	}
	if r.base = base; base == r.indent {
		r.base = min(base, 1)
	}
}

// note says that a line, which was added, surely belongs to the trace.
func (r *region) note(l *line) {
	r.certain = len(r.lines)
	if l.kind == frame {
		if r.frameLines++; r.frameLines == 1 {
			r.first, r.firstFrame = len(r.lines)-1, *l
		}
	}
	if l.opens {
		base := 0
		if r.head.body != "" {
			base = indentOf(r.head.body)
		}
		if r.braces < 0 {
			r.braces = base
		}
	}
}

// see returns a line as the region's lines are read. It is foreign if it is of another stream, and ends the
// region if another record begins with it.
func (r *region) see(c *cutter, l *line) (view *line, v verdict) {
	isBare := r.form == form{} && r.key.carrier == "" && !r.entry
	if isBare && l.isTag {
		bare := *l
		bare.bare()
		bare.kind, bare.sure, bare.opens, bare.ends = other, false, false, false
		bare.classify(&c.frame)
		l = &bare
	}
	view, same := c.viewOf(l, r.form)
	switch {
	case l.outer != r.key.outer:
		return l, isForeign
	case !same, view.form.member != r.form.member:
		if isBare || r.form.member != "" && (l.record != "" || strings.HasPrefix(l.raw, "{")) {
			return l, endsRegion // a record of another kind
		}
		return l, isForeign
	case view.carrier != r.key.carrier:
		if isBare && (r.mixed || header.IsHeaderLine(view.trimmed())) {
			return l, endsRegion
		}
		return l, isForeign
	case view.shaped != r.shaped && !(r.seen == l.start && isNextOf(view.shaped, r.shaped) && !c.wasSeen(view)):
		return l, isForeign
	case view.hasEntry && view.owner != "" && r.owner != "" && view.owner != r.owner, r.entry && !view.hasEntry && view.kind != blank:
		if !r.entry && view.hasEntry && (view.kind == frame || header.IsHeaderLine(view.trimmed())) {
			return view, endsRegion // the lines without a prefix that follow are of that record
		}
		return view, isForeign
	case !r.entry && view.hasEntry:
		return view, endsRegion
	}
	return view, joins
}

// offer asks whether a line belongs to the trace, and takes it if so.
func (r *region) offer(c *cutter, l *line) verdict {
	if r.entry && !l.hasEntry && r.frameLines == 1 && (l.kind == frame || l.kind == connects) && l.form == r.form && l.carrier == r.key.carrier && l.outer == r.key.outer {
		// Only the first frame has the prefix of a record, so what is before it is of other records.
		r.entry = false
		r.drop(r.first, &r.firstFrame)
	}
	l, v := r.see(c, l)
	switch {
	case v == isForeign && l.next-r.seen > int64(c.options.MaxGap):
		r.limit = "gap"
		return endsRegion
	case v != joins:
		return v
	}
	if l.next-r.seen > int64(c.options.MaxGap)+int64(c.options.MaxLine) {
		r.limit = "gap"
		return endsRegion
	}
	if len(r.body)+len(l.body) > c.options.MaxTrace || len(r.lines) >= maxLines {
		return r.cutAt(c, l)
	}
	if r.parts {
		r.add(c, l)
		r.note(l)
		if l.partial {
			return joins
		}
		return endsWith
	}
	if r.last.partial {
		r.goOn(c, l)
		return joins
	}
	if r.python {
		return r.offerPython(c, l)
	}
	if r.block >= 0 && l.kind != blank && indentOf(l.body) > r.block {
		r.add(c, l)
		r.note(l)
		return joins
	}
	if r.block >= 0 {
		return endsRegion
	}
	belongs, sure := r.belongs(l)
	if !belongs {
		return endsRegion
	}
	closes := r.braces >= 0 && isClosing(l.body) && indentOf(l.body) <= r.braces
	r.add(c, l)
	if closes {
		r.note(l)
		return endsWith
	}
	if sure {
		r.note(l)
	}
	if l.cut || l.ends {
		return endsWith
	}
	return joins
}

// cutAt ends a region that has no room for another line.
func (r *region) cutAt(c *cutter, l *line) verdict {
	if l.kind == blank && r.braces < 0 {
		return isForeign // the next line tells
	}
	if r.goesOn(l) {
		r.truncated = "trace"
		c.over, c.overForm, c.overUntil = r.key, r.form, l.next+int64(c.options.MaxGap)
		c.over.is = true
	}
	return endsRegion
}

// goOn adds a line that goes on where the last one was cut by a container's log.
func (r *region) goOn(c *cutter, l *line) {
	r.add(c, l)
	if l.partial {
		return
	}
	text := strings.TrimSuffix(string(r.body), "\n")
	whole := line{body: text[strings.LastIndexByte(text, '\n')+1:]}
	whole.classify(&c.frame)
	r.last.body, r.last.kind = whole.body, whole.kind
	r.note(&whole)
}

// belongs reports whether a line of the same stream may be of the trace, and whether it surely is.
func (r *region) belongs(l *line) (joins, sure bool) {
	if r.braces >= 0 {
		return l.kind == blank || indentOf(l.body) > r.braces || isClosing(l.body), l.isSure()
	}
	if header.IsNumbered(r.head.trimmed()) {
		if joins, known := r.belongsToExcerpt(l); known {
			return joins, l.isSure()
		}
	}
	return segment.InLog(r.kindOf(l), len(r.lines)-r.certain, r.last.kind == blank)
}

// belongsToExcerpt is belongs for the lines around the excerpts of the source that Bun prints, which prints causes
// like errors. It reports whether the line is one of those.
func (r *region) belongsToExcerpt(l *line) (joins, known bool) {
	body := l.trimmed()
	switch {
	case header.IsNumbered(body):
		if r.excerpt == noExcerpt && r.last.kind != blank {
			return false, true // the next of several errors: causes come behind an empty line
		}
		r.excerpt = inSource
	case r.excerpt == inSource && header.IsCaretLine(body):
		r.excerpt = atCaret
	case r.excerpt == atCaret && (l.kind == frame || r.last.kind != blank):
		if l.kind == frame {
			r.excerpt = noExcerpt
		}
	default:
		r.excerpt = noExcerpt
		return false, false
	}
	return true, true
}

// kindOf returns what a line can be in the trace.
func (r *region) kindOf(l *line) segment.LogLine {
	waits := len(r.lines) > r.certain && r.last.kind == blank
	if !waits && isCodeFrame(l.trimmed()) && r.at {
		l.opens = strings.HasSuffix(l.body, " {")
		l.kind, l.sure = separator, l.opens || strings.IndexByte(">|", l.trimmed()[0]) >= 0
	}
	switch isOther := l.isAt() && !r.at; {
	case l.kind == blank:
		return segment.Empty
	case l.kind == separator && l.sure:
		return segment.Told
	case l.kind == separator:
		return segment.Separator
	case l.kind == frame && !isOther, l.kind == connects && l.isAt() == r.at && (l.isAt() || l.sure):
		return segment.Frame
	case l.kind == connects && !l.isAt() && !r.at:
		return segment.Connects
	case l.kind == frame, l.kind == connects:
		return segment.Nothing // of the other style
	case r.last.kind == other && r.last.isAt() && mayEndFrame(l.body): // a name with a line end in it
		return segment.Told
	case l.isAt() && indentOf(l.body) >= r.indent && r.indent > 0: // it is damaged
		return segment.Told
	}
	return segment.Nothing
}

// isSure reports whether a line that joins a trace is of it for sure.
func (l *line) isSure() bool {
	switch l.kind {
	case blank:
		return false
	case separator:
		return l.sure
	case connects:
		return l.sure || l.isAt()
	}
	return true
}

// isCodeFrame reports whether a line is one of the excerpt of the source that tools print behind the frames:
//
//	  4 |   const u = undefined;
//	> 5 |   return <p>{u.id}</p>;
//	    |                ^
//
// The excerpt that Bun prints before an error has no line with a mark.
func isCodeFrame(body string) bool {
	body = strings.TrimPrefix(body, "> ")
	if rest, ok := strings.CutPrefix(body, "|"); ok {
		return header.IsCaretLine(rest)
	}
	return header.IsNumbered(strings.TrimLeft(body, " "))
}

// offerPython is offer for a traceback.
func (r *region) offerPython(c *cutter, l *line) verdict {
	belongs, exception := r.belongsToPython(l)
	if !belongs {
		return endsRegion
	}
	r.add(c, l)
	if l.kind == blank {
		return joins
	}
	r.exception = exception
	r.note(l)
	if l.cut {
		return endsWith
	}
	return joins
}

// belongsToPython reports whether a line of the same stream is of the traceback, and whether the
// traceback's last line has come with it.
func (r *region) belongsToPython(l *line) (belongs, exception bool) {
	body := l.body
	margin := strings.TrimLeft(body, " ")
	grouped := strings.HasPrefix(margin, "| ") || strings.HasPrefix(margin, "+-") || strings.HasPrefix(margin, "+ ") || margin == "|"
	switch {
	case l.kind == blank:
		return len(r.lines)-r.certain < 2, r.exception
	case l.kind == pythonStart, strings.HasPrefix(margin, "During handling of the above exception, "),
		strings.HasPrefix(margin, "The above exception was the direct cause of "):
		return !(r.exception && l.kind == pythonStart && len(r.lines) == r.certain && !isChained(r.last.body)), false
	case grouped, indentOf(body) > r.indent && !r.exception:
		return true, r.exception
	case !r.exception && indentOf(body) == r.indent && isException(margin):
		return true, true
	}
	return false, r.exception
}

// goesOn reports whether a line of the same stream shows that the trace has not ended yet.
func (r *region) goesOn(l *line) bool {
	switch {
	case r.parts, r.last.partial:
		return true
	case r.python:
		belongs, _ := r.belongsToPython(l)
		return belongs
	}
	belongs, _ := r.belongs(l)
	return belongs
}

// isUnfinished reports whether the lines themselves tell that more of the trace is to come.
func (r *region) isUnfinished() bool {
	return r.parts || r.last.partial || r.braces >= 0 || r.python && !r.exception
}

func isChained(body string) bool {
	return strings.HasPrefix(strings.TrimLeft(body, " |"), "During handling") || strings.HasPrefix(strings.TrimLeft(body, " |"), "The above exception")
}

// isException reports whether a line may be the last one of a traceback: "NAME", "NAME: MESSAGE".
func isException(body string) bool {
	name, _, _ := strings.Cut(body, ":")
	return name != "" && strings.IndexByte(name, ' ') < 0
}

// trim takes off the lines at the end that only might belong to the trace.
func (r *region) trim() {
	r.lines = r.lines[:max(r.certain, 1)]
}

// text returns the lines without their prefixes.
func (r *region) text() string { return string(r.body[:r.lines[len(r.lines)-1].body]) }

// isTentative reports whether nothing but one line tells yet that there is a prefix before it.
func (r *region) isTentative() bool {
	return r.shaped != "" && r.frameLines < 2 && r.head.kind != other
}

// prefix returns what was taken off the first line.
func (r *region) prefix() string {
	prefix := r.head.prefix()
	if r.base > 0 && r.head.record == "" {
		prefix += r.head.body[:min(r.base, indentOf(r.head.body))]
	}
	return prefix
}

func (r *region) stream() string {
	var parts []string
	for _, s := range [...]string{r.key.outer, r.key.carrier, r.told, r.owner} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// isPlausible reports whether a trace is one of JavaScript's or Python's rather than something that
// looks like it.
func isPlausible(t *stacktrace.Trace, r *region) bool {
	w := weigh(t)
	typed := isTyped(t)
	switch f := t.Frames; {
	case t.Engine == stacktrace.Python:
		return true
	case w.isOther, r.weak && !typed:
		return false
	case r.shaped != "" && (!typed && r.frameLines < 2 || w.sure == 0): // nothing tells of a prefix
		return false
	case !r.at && !typed && !w.isCertain(f):
		return false
	case r.at && !typed && len(f) == 1 && f[0].Func == "" && f[0].Col == 0 && !f[0].Eval:
		return false // "at cart.js:12"
	case !r.at && len(f) == 1 && f[0].Col > 0 && w.good == 1:
		return true
	}
	return w.good >= 2 && w.good > w.doubtful || typed && w.doubtful == 0
}

// maxUntyped is how many lines of a text beside its frames may be a message, and source, of an error without a
// name: in longer texts, something may look like a frame.
const maxUntyped = 10

// isPlausibleText is isPlausible for the trace of a text that is a string in a line.
func isPlausibleText(t *stacktrace.Trace, text string) bool {
	w := weigh(t)
	lines := 1 + strings.Count(strings.TrimRight(text, "\n"), "\n") + strings.Count(text, `\n`)
	switch f := t.Frames; {
	case t.Engine == stacktrace.Python:
		return true
	case w.isOther, w.doubtful > 0 && w.frames == 0:
		return false
	case !isTyped(t):
		return w.isCertain(f) && lines <= 2*len(f)+maxUntyped
	case lines == 1 && len(f) == 1 && f[0].Col == 0:
		return false // "Error at cart.js:12"
	}
	return w.good > 0
}

// isTyped reports whether the header tells a name that errors have: "image: x" tells none.
func isTyped(t *stacktrace.Trace) bool {
	return t.Type != "" && (header.IsErrorName(t.Type) || txt.IsUpper(t.Type[0]) || t.Type[0] >= 0x80 || strings.IndexByte("_$", t.Type[0]) >= 0)
}

// weight counts what speaks for a trace of JavaScript, and what may be anything.
type weight struct {
	good, doubtful int
	frames         int  // what of the good is of frames
	sure           int  // frames whose place is no name of something else
	isOther        bool // it is of another language
}

// isCertain reports whether lines that look like frames are frames, judged by the lines alone:
// "x@sha256:aa11:1:2" is not one, nor is "copied deploy@web1:/srv/a.js:1:2" by itself.
func (w weight) isCertain(frames []stacktrace.Frame) bool {
	return w.sure > 0 && !(len(frames) == 1 && isSentence(frames[0].Func)) || len(frames) == 0
}

func weigh(t *stacktrace.Trace) (w weight) {
	for i := range t.Frames {
		f := &t.Frames[i]
		switch {
		case isOtherLanguage(f.File) && f.Engine != stacktrace.Duktape:
			w.isOther = true
		case f.Native || f.Wasm || f.Eval || f.Origin != "" || f.Offset > 0:
			w.good++
			w.sure++
		case isScript(f.File):
			w.good += 2
			w.sure++
		case f.Line == 0:
		case f.File == "" && !strings.Contains(f.Text, "(unknown)"):
			w.good++
		case f.File == "", f.File[0] == '<':
			w.good++
			w.sure++
		case strings.Contains(f.File, "://"), strings.HasPrefix(f.File, "/"):
			w.good++
			w.sure++
		case f.Func != "" && f.Col > 0:
			w.good++
		default:
			w.doubtful++
		}
	}
	w.frames = w.good
	w.good += len(t.Errors)
	if t.Cause != nil {
		w.good++
	}
	if isTyped(t) {
		w.good++
	}
	return w
}

// isSentence reports whether the name of a frame of the style NAME@LOCATION is several words, but none that
// engines use.
func isSentence(name string) bool {
	first, rest, ok := strings.Cut(name, " ")
	return ok && rest != "code" && first != "get" && first != "set" && !strings.ContainsAny(name, "*<(/")
}

// isScript reports whether a file is one that only JavaScript is in.
func isScript(file string) bool {
	if i := strings.IndexAny(file, "?#"); i > 0 {
		file = file[:i]
	}
	if dot := strings.LastIndexByte(file, '.'); dot >= 0 {
		switch file[dot+1:] {
		case "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "vue", "svelte", "bundle", "jsbundle", "html", "htm", "es6":
			return true
		}
	}
	for _, prefix := range [...]string{"data:", "blob:", "about:", "javascript:", "node:", "ext:", "webpack", "internal/", "evalmachine."} {
		if strings.HasPrefix(file, prefix) {
			return true
		}
	}
	return false
}

// isOtherLanguage reports whether a file is of a language that is not compiled to JavaScript, or
// whose own traces look alike: Rust's "at src/main.rs:4:5".
func isOtherLanguage(file string) bool {
	dot := strings.LastIndexByte(file, '.')
	if dot < 0 {
		return false
	}
	switch file[dot+1:] {
	case "rs", "go", "java", "kt", "kts", "scala", "groovy", "gradle", "cs", "vb", "fs", "php", "rb", "erb", "py", "pl", "pm", "c", "cc",
		"cpp", "cxx", "h", "hpp", "m", "mm", "swift", "dart", "ex", "exs", "erl", "hs", "lua", "zig", "jl", "R", "sql", "yml", "yaml",
		"toml", "css", "scss", "less", "md", "txt", "log", "sh", "xml", "nim", "cr", "ml", "clj", "f90", "d", "s", "S":
		return true
	}
	return false
}
