package formats

import "testing"

// TestCutFrame checks that the line of a frame is cut from its fields as it is cut from its text.
func TestCutFrame(t *testing.T) {
	fromFields := 0
	eachPiecedLine(200_000, func(line string) {
		var f Frame
		if ReadPlainAt(&f, line[len("at "):], nil) == NotPlain {
			if ok, _ := ReadUndecided(&f, line, len("at ")); !ok {
				return
			}
		}
		f.Text = line
		var got, want call
		got.cutFrame(&f, len("at "))
		want.cut(line)
		if got != want {
			t.Fatalf("cutFrame(%q) = %+v, want %+v", line, got, want)
		}
		if f.Line > 0 || f.Native {
			fromFields++
		}
	})
	if fromFields < 1000 {
		t.Errorf("%d lines had a place, want more", fromFields)
	}
}
