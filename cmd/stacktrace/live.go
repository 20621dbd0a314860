package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// refresh is how often the groups are drawn again while logs are followed.
const refresh = time.Second

// readLive reads logs that are followed, and shows the groups so far if the output is a terminal.
func (t *topping) readLive(files []string, l logReading) {
	if t.format != "text" || !isTerminal(t.stdout) {
		t.readLogs(files, l)
		return
	}
	var mu sync.Mutex
	changed := true
	add := l.found
	l.found = func(from source, f logscan.Found) error {
		mu.Lock()
		defer mu.Unlock()
		changed = true
		return add(from, f)
	}
	draw := func() {
		mu.Lock()
		defer mu.Unlock()
		if changed {
			changed = false
			t.draw()
		}
	}
	io.WriteString(t.stdout, ansi.SetModeAltScreenSaveCursor+ansi.HideCursor)
	done, drawn := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(drawn)
		tick := time.NewTicker(refresh)
		defer tick.Stop()
		for {
			draw()
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	t.readLogs(files, l)
	close(done)
	<-drawn
	io.WriteString(t.stdout, ansi.ShowCursor+ansi.ResetModeAltScreenSaveCursor)
}

// draw draws the groups on the whole terminal.
func (t *topping) draw() {
	width, height := terminalSize(t.stdout)
	t.look.width = width
	lines := append([]string{t.look.in(styleDim, "Ctrl-C ends this."), ""}, t.text(t.groups.rank(t.n, t.wanted))...)
	if height > 0 && len(lines) > height {
		lines = lines[:height]
	}
	var b strings.Builder
	b.WriteString(ansi.CursorHomePosition)
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(fit(line, width) + ansi.EraseLineRight)
	}
	b.WriteString(ansi.EraseScreenBelow)
	fmt.Fprint(t.stdout, b.String())
}
