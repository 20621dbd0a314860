package main

import (
	"context"
	"io"
	"os"
	"time"
)

// pollInterval is how often a file that is followed is looked at.
const pollInterval = 200 * time.Millisecond

// tail reads a file on as it grows. It begins again where the file was emptied, and goes on with the
// file that has the same name now where it was renamed or deleted, as log rotation does.
type tail struct {
	ctx  context.Context
	name string
	file *os.File // closed by whoever opened it, if it is the first one
	size int64    // what was read of it

	opened   bool // the file was opened here
	midLine  bool // what was read last is no line end
	lineEnds int  // that are given before anything else
}

func (t *tail) close() {
	if t.opened {
		t.file.Close()
	}
}

// Read ends with io.EOF when the context does, not at the end of the file.
func (t *tail) Read(b []byte) (int, error) {
	for len(b) > 0 {
		if t.lineEnds > 0 {
			t.lineEnds--
			b[0] = '\n'
			return 1, nil
		}
		n, err := t.file.Read(b)
		if n > 0 {
			t.size += int64(n)
			t.midLine = b[n-1] != '\n'
			return n, nil
		}
		if err != nil && err != io.EOF {
			return 0, err
		}
		if again, err := t.restart(); again || err != nil {
			if err != nil {
				return 0, err
			}
			continue
		}
		select {
		case <-t.ctx.Done():
			return 0, io.EOF
		case <-time.After(pollInterval):
		}
	}
	return 0, nil
}

// restart goes on with the file's beginning if it was emptied, or with the file that took its place.
func (t *tail) restart() (again bool, err error) {
	info, err := t.file.Stat()
	if err != nil {
		return false, err
	}
	now, missing := os.Stat(t.name)
	switch {
	case missing == nil && !os.SameFile(info, now):
		file, err := os.Open(t.name)
		if err != nil {
			return false, nil // it may be there soon
		}
		t.close()
		t.file, t.opened = file, true
	case info.Size() < t.size:
		if _, err := t.file.Seek(0, io.SeekStart); err != nil {
			return false, err
		}
	default:
		return false, nil
	}
	t.size = 0
	if t.midLine { // the last line has no end, and the next one is another file's
		t.midLine, t.lineEnds = false, 1
	}
	return true, nil
}
