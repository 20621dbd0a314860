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
	differ := 0
	for i := range new {
		removed, added := changedLines(old[i].said(), new[i].said())
		if len(removed)+len(added) == 0 {
			continue
		}
		differ++
		fmt.Fprintf(w, "@@ %s\n", new[i].Scenario)
		for _, line := range removed {
			fmt.Fprintf(w, "-%s\n", line)
		}
		for _, line := range added {
			fmt.Fprintf(w, "+%s\n", line)
		}
	}
	fmt.Fprintf(w, "%d of %d programs differ\n", differ, len(new))
	return nil
}

// said is the text of a result, or why there is none.
func (r *Result) said() string {
	if r.Failed != "" {
		return "no trace: " + r.Failed
	}
	return r.Text
}

// changedLines returns the lines of a that are not in b and those of b that are not in a, by a longest
// common subsequence: texts have some dozens of lines.
func changedLines(a, b string) (removed, added []string) {
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
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		switch {
		case x[i] == y[j]:
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			removed = append(removed, x[i])
			i++
		default:
			added = append(added, y[j])
			j++
		}
	}
	return append(removed, x[i:]...), append(added, y[j:]...)
}
