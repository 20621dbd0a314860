package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/truth"
)

// save writes what an engine wrote into FOLDER/ENGINE-VERSION.jsonl.gz, a capture on each line as
// testdata/README.md describes them.
func save(folder string, e *Engine, results []*Result) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(folder, strings.Trim(e.Name+"-"+e.version, "-")+".jsonl.gz"))
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
	}()
	zip, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(zip)
	encoder.SetEscapeHTML(false)
	for _, r := range results {
		if r.Failed != "" {
			continue
		}
		if err := encoder.Encode(capture(e, r)); err != nil {
			return err
		}
	}
	return zip.Close()
}

// capture is a result as test data has it: with the calls that the program marks.
func capture(e *Engine, r *Result) truth.Capture {
	c := r.Capture
	c.Scenario = "conformance/" + r.Scenario
	c.ID = strings.Trim(e.Name+e.version, " ") + ":" + c.Scenario
	c.Config = e.Name
	if e.Name == "bun" {
		c.Engine = "jsc" // Bun's engine; its syntax is its own
	}
	for _, folder := range []string{"programs", "printed"} {
		source, err := files.ReadFile(folder + "/" + r.Scenario)
		if err != nil {
			continue
		}
		p, err := parseProgram(r.Scenario, string(source))
		if err != nil {
			continue
		}
		for _, m := range p.Marks {
			if !m.Repeat {
				c.Chain = append(c.Chain, truth.Call{Func: m.Func, Line: m.Line})
			}
		}
	}
	return c
}

// against prints how the texts of an engine differ from those of another binary of it, whether or not
// the library reads them.
func against(ctx context.Context, w io.Writer, there []*Engine, binary string, programs []*Program) error {
	if len(there) != 1 {
		return fmt.Errorf("--against compares two binaries of one engine: choose it with --engines")
	}
	now, before := there[0], *there[0]
	before.path = binary
	before.version = before.askVersion(ctx)
	var plain, printed []*Program
	for _, p := range programs {
		if p.Printed {
			printed = append(printed, p)
		} else {
			plain = append(plain, p)
		}
	}
	old, err := before.run(ctx, plain, printed)
	if err != nil {
		return err
	}
	new, err := now.run(ctx, plain, printed)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "--- %s %s\n+++ %s %s\n", before.Name, before.version, now.Name, now.version)
	changes, differ := collectChanges(old, new)
	for _, c := range changes {
		fmt.Fprintf(w, "@@ %s\n%s", strings.Join(c.programs[:min(3, len(c.programs))], ", "), c.text)
		if n := len(c.programs) - 3; n > 0 {
			fmt.Fprintf(w, "  and in %d more programs\n", n)
		}
	}
	fmt.Fprintf(w, "%d of %d programs differ, in %d ways\n", differ, len(new), len(changes))
	return nil
}

// change is how some lines of a text became others, and the programs in which they did.
type change struct {
	text     string
	programs []string
}

// collectChanges returns the changes from the old results to the new, each once, in the order in which
// they appear, and how many programs differ.
func collectChanges(old, new []*Result) (changes []*change, differ int) {
	byText := make(map[string]*change)
	for i := range new {
		texts := changedLines(old[i].said(), new[i].said())
		if len(texts) > 0 {
			differ++
		}
		for _, text := range texts {
			c := byText[text]
			if c == nil {
				c = &change{text: text}
				byText[text] = c
				changes = append(changes, c)
			}
			if !slices.Contains(c.programs, new[i].Scenario) {
				c.programs = append(c.programs, new[i].Scenario)
			}
		}
	}
	return changes, differ
}

// said is the text of a result, or why there is none.
func (r *Result) said() string {
	if r.Failed != "" {
		return "no trace: " + r.Failed
	}
	return r.Text
}

// changedLines returns how a becomes b: each run of lines that are only in a, with "-" before them, and
// of those that are only in b in their place, with "+". It follows a longest common subsequence: texts
// have some dozens of lines.
func changedLines(a, b string) (changes []string) {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	length := make([][]int, len(x)+1) // of the longest common subsequence of x[i:] and y[j:]
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := range slices.Backward(x) {
		for j := range slices.Backward(y) {
			if x[i] == y[j] {
				length[i][j] = 1 + length[i+1][j+1]
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var removed, added strings.Builder
	end := func() {
		if removed.Len()+added.Len() > 0 {
			changes = append(changes, removed.String()+added.String())
		}
		removed.Reset()
		added.Reset()
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			end()
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && length[i+1][j] >= length[i][j+1]:
			fmt.Fprintf(&removed, "-%s\n", x[i])
			i++
		default:
			fmt.Fprintf(&added, "+%s\n", y[j])
			j++
		}
	}
	end()
	return changes
}
