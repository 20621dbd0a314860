// Command dump reads texts from its standard input and writes what the library makes of each, so that
// the outputs of two revisions can be compared. Command differ runs it; its documentation tells how.
//
// The input is one record after the other: the length of a name, the name, the length of a text and
// the text, lengths as in [binary.Uvarint]. For each the output has the line "text" and then one line
// for each kind of result: the kind, a blank and a value in JSON. "same" stands for the value of kind
// "parse", which most others repeat.
//
// This program is of one revision with the API that it uses, and is changed with it. The kinds and the
// form of the output stay.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/logscan"
)

func main() {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriterSize(os.Stdout, 1<<20)
	err := dumpAll(in, out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dump:", err)
		os.Exit(2)
	}
}

// dumpAll writes the results of all texts in in.
func dumpAll(in *bufio.Reader, out io.Writer) error {
	d := dumper{out: out}
	for {
		_, err := readString(in) // the name
		if err == io.EOF {
			return nil
		}
		text, err := readString(in)
		if err != nil {
			return fmt.Errorf("reading a text: %w", err)
		}
		if err := d.dump(text); err != nil {
			return err
		}
	}
}

func readString(in *bufio.Reader) (string, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return "", err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(in, b)
	return string(b), err
}

// kinds are the results of a text. Each function returns a value in JSON or, in quotes, a text.
var kinds = []struct {
	name string
	of   func(d *dumper, text string) []byte
}{
	{"parse", func(d *dumper, text string) []byte {
		d.trace = stacktrace.Parse(text)
		d.parsed = encodeTrace(d.trace)
		return d.parsed
	}},
	{"append", func(d *dumper, text string) []byte {
		frames := stacktrace.AppendFrames(nil, text)
		if len(frames) == len(d.trace.Frames) {
			same := true
			for i := range frames {
				same = same && frames[i] == d.trace.Frames[i]
			}
			if same {
				return []byte(`"same"`)
			}
		}
		return encode(frames)
	}},
	{"report", func(d *dumper, text string) []byte {
		trace := stacktrace.ParseReport(stacktrace.Report{Name: d.trace.Type, Message: d.trace.Message, Stack: text})
		return d.orSame(encodeTrace(trace))
	}},
	{"v8", func(d *dumper, text string) []byte {
		rendered, err := d.trace.Render(stacktrace.V8)
		if err != nil {
			return encode(err.Error())
		}
		return encode(rendered)
	}},
	{"own", func(d *dumper, text string) []byte { return encode(d.trace.String()) }},
	{"scan", func(d *dumper, text string) []byte { return encode(d.scan(text)) }},
}

// dumper writes the results of one text after the other.
type dumper struct {
	out    io.Writer
	trace  *stacktrace.Trace // of the text
	parsed []byte            // the same in JSON
}

// dump writes the results of text.
func (d *dumper) dump(text string) error {
	d.trace, d.parsed = new(stacktrace.Trace), nil
	if _, err := io.WriteString(d.out, "text\n"); err != nil {
		return err
	}
	for _, kind := range kinds {
		if _, err := fmt.Fprintf(d.out, "%s %s\n", kind.name, d.try(kind.of, text)); err != nil {
			return err
		}
	}
	return nil
}

// try returns what of returns, or that it panicked.
func (d *dumper) try(of func(d *dumper, text string) []byte, text string) (value []byte) {
	defer func() {
		if r := recover(); r != nil {
			value = encode(map[string]string{"panic": fmt.Sprint(r)})
		}
	}()
	return of(d, text)
}

// orSame returns value, or the word for what Parse gave too.
func (d *dumper) orSame(value []byte) []byte {
	if bytes.Equal(value, d.parsed) {
		return []byte(`"same"`)
	}
	return value
}

// found is what a scan finds.
type found struct {
	Start     int64           `json:"start"`
	End       int64           `json:"end"`
	Pieces    [][2]int64      `json:"pieces"` // where they begin and end
	Prefix    string          `json:"prefix,omitempty"`
	Time      string          `json:"time,omitempty"`
	Stream    string          `json:"stream,omitempty"`
	Truncated string          `json:"truncated,omitempty"`
	Text      string          `json:"text,omitempty"` // if it is not the whole text
	Trace     json.RawMessage `json:"trace"`
}

// scanned is all that a scan gives.
type scanned struct {
	Found []found    `json:"found"`
	Rest  [][2]int64 `json:"rest"` // the parts of the text that are of no trace: where they begin and end
	Err   string     `json:"err,omitempty"`
}

func (d *dumper) scan(text string) scanned {
	all := scanned{Found: []found{}, Rest: [][2]int64{}}
	s := logscan.NewScanner(strings.NewReader(text), logscan.Options{Year: 2026, Rest: func(offset int64, part []byte) {
		all.Rest = addPart(all.Rest, offset, len(part))
	}})
	for s.Scan() {
		f := s.Found()
		out := found{
			Start: f.Start, End: f.End, Prefix: f.Prefix, Stream: f.Stream, Truncated: f.Truncated,
			Trace: d.orSame(encodeTrace(f.Trace)),
		}
		for _, p := range f.Pieces {
			out.Pieces = addPart(out.Pieces, p.Start, len(p.Text))
		}
		if !f.Time.IsZero() {
			out.Time = f.Time.Format(time.RFC3339Nano)
		}
		if f.Text != text {
			out.Text = f.Text
		}
		all.Found = append(all.Found, out)
	}
	if err := s.Err(); err != nil {
		all.Err = err.Error()
	}
	return all
}

// addPart adds a part of so many bytes, to the last one if it follows that.
func addPart(parts [][2]int64, start int64, length int) [][2]int64 {
	end := start + int64(length)
	if n := len(parts); n > 0 && parts[n-1][1] == start {
		parts[n-1][1] = end
		return parts
	}
	return append(parts, [2]int64{start, end})
}

// encodeTrace returns t in JSON.
func encodeTrace(t *stacktrace.Trace) []byte {
	b, err := t.MarshalJSON()
	if err != nil {
		return encode(map[string]string{"error": err.Error()})
	}
	return b
}

// encode returns v in JSON, on one line.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
