package formats

import (
	"strings"
	"testing"
)

// TestCutFrame checks that the line of a frame is cut from its fields as it is cut from its text, and is read again as
// another engine's as it would have been at first.
func TestCutFrame(t *testing.T) {
	fromFields := 0
	eachPiecedLine(200_000, func(line string) {
		var f Frame
		if ReadPlainAt(&f, line[len("at "):], nil) == NotPlain {
			if ok, _ := ReadUndecided(&f, line, len("at ")); !ok {
				return
			}
		}
		v8, text := Frame{Async: f.Async}, line[len("at "):]
		if f.Async {
			text = strings.TrimPrefix(text, "async ")
		}
		if !readV8Call(&v8, text) {
			t.Fatalf("%q is read as %+v, but is no line of V8's", line, f)
		}
		if v8.Engine, f.Text = V8, ""; v8 != f {
			t.Fatalf("%q is read as %+v, want %+v", line, f, v8)
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
		for _, format := range atOrder {
			var want Frame
			if !format.at.read(&want, got) {
				want = f
			}
			want.Text = line
			again := f
			if format.Reread(&again, len("at ")); again != want {
				t.Fatalf("%s rereads %q as %+v, want %+v", format.name, line, again, want)
			}
		}
	})
	if fromFields < 1000 {
		t.Errorf("%d lines had a place, want more", fromFields)
	}
}

// TestReadAt checks that lines are read as the default engines of both families read them.
func TestReadAt(t *testing.T) {
	eachPiecedLine(20_000, func(line string) {
		for _, line := range [...]string{line, line[len("at "):], strings.Replace(line[len("at "):], " (", "@", 1)} {
			var got, want [2]Frame
			isAt, isSign := ReadAt(&got[0], line), ReadSign(&got[1], line)
			if wantAt, wantSign := v8.ReadInto(&want[0], line), jsc.ReadInto(&want[1], line); isAt != wantAt || isSign != wantSign || got != want {
				t.Fatalf("%q is read as %t, %t, %+v, want %t, %t, %+v", line, isAt, isSign, got, wantAt, wantSign, want)
			}
		}
	})
}
