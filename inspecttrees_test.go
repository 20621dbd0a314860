package stacktrace_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// printedTree is an error as the program that printed it knows it.
type printedTree struct {
	Type, Message string
	Frames        []string // the names of the functions
	Code          string
	Cause         *printedTree
	Inner         *printedTree // the property of that name
	Errors        []*printedTree
}

// leastTrees is the share of random error trees that must be read wholly right.
const leastTrees = 0.96

// TestInspectedTrees checks what is read of random error trees that the Node of this machine prints in objects,
// arrays, Maps and Sets, behind labels and with every option of util.inspect.
func TestInspectedTrees(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node in PATH: the trees are what node prints here and now. TestPrintedErrors reads what it printed elsewhere")
	}
	out, err := exec.Command(node, "testdata/inspect/trees.cjs", "11", "200").Output()
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for line := range bytes.Lines(out) {
		var tree struct {
			Text string
			Want printedTree
		}
		if err := json.Unmarshal(line, &tree); err != nil {
			t.Fatal(err)
		}
		all++
		elided := strings.Contains(tree.Text, " lines matching cause stack trace ...")
		if treeDiffers(stacktrace.Parse(tree.Text), &tree.Want, elided) == "" {
			right++
		} else if testing.Verbose() {
			t.Logf("%s\n%s", treeDiffers(stacktrace.Parse(tree.Text), &tree.Want, elided), tree.Text)
		}
		for law, check := range map[string]func(string) error{
			"nothing invented": laws.Invented, "one answer": laws.OneAnswer, "round trip": laws.RoundTrip,
		} {
			if err := check(tree.Text); err != nil {
				t.Errorf("%s: %v\n%s", law, err, tree.Text)
			}
		}
	}
	if share := float64(right) / float64(all); all < 200 || share < leastTrees {
		t.Errorf("%d of %d trees are read right, %.1f %%, want %.1f %%", right, all, 100*share, 100*leastTrees)
	}
}

// treeDiffers says what of got is not as it was, or "". Frames are not compared where some are elided.
func treeDiffers(got *stacktrace.Trace, want *printedTree, elided bool) string {
	var names []string
	for _, f := range got.Frames {
		names = append(names, f.Func)
	}
	switch {
	case got.Type != want.Type:
		return "type " + got.Type + ", want " + want.Type
	case got.Message != want.Message:
		return "message " + got.Message + ", want " + want.Message
	case want.Code != "" && got.Code != want.Code:
		return "code " + got.Code + ", want " + want.Code
	case !elided && !slices.Equal(names, want.Frames):
		return "frames " + strings.Join(names, " ") + ", want " + strings.Join(want.Frames, " ")
	case (got.Cause == nil) != (want.Cause == nil):
		return "a cause too many or too few"
	case len(got.Errors) != len(want.Errors):
		return "errors too many or too few"
	}
	if want.Cause != nil {
		if s := treeDiffers(got.Cause, want.Cause, elided); s != "" {
			return "cause: " + s
		}
	}
	for i := range want.Errors {
		if s := treeDiffers(got.Errors[i], want.Errors[i], elided); s != "" {
			return "errors: " + s
		}
	}
	if want.Inner == nil {
		return ""
	}
	for _, p := range got.Props {
		if p.Name == "inner" && p.Trace != nil {
			if s := treeDiffers(p.Trace, want.Inner, elided); s != "" {
				return "inner: " + s
			}
			return ""
		}
	}
	return "the property inner is no error"
}
