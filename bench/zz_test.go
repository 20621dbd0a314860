package main

import ("testing"; "strings"; "github.com/stacktrace-go/stacktrace")

func BenchmarkZ(b *testing.B) {
	traces, err := loadTraces()
	if err != nil { b.Fatal(err) }
	for _, t := range traces {
		b.Run(strings.ReplaceAll(t.name, ", ", "-"), func(b *testing.B) {
			var frames []stacktrace.Frame
			for b.Loop() { frames, _ = stacktrace.AppendFrames(frames[:0], t.text) }
		})
	}
}
func TestZ(t *testing.T) {
	traces, _ := loadTraces()
	for _, x := range traces { t.Log(x.name); l := strings.Split(x.text, "\n"); for i := range min(6, len(l)) { t.Log(l[i]) } }
}

func BenchmarkY(b *testing.B) {
	traces, err := loadTraces()
	if err != nil { b.Fatal(err) }
	for _, t := range traces[:4] {
		b.Run(strings.ReplaceAll(t.name, ", ", "-"), func(b *testing.B) {
			for b.Loop() { stacktrace.Parse(t.text) }
		})
		b.Run("make"+t.name, func(b *testing.B) {
			for b.Loop() { sink = make([]stacktrace.Frame, 0, min(strings.Count(t.text, "\n")+1, 64)) }
		})
	}
}
var sink []stacktrace.Frame
