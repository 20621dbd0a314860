package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// patience is how long work takes before its progress is shown, and then how often it is.
const patience = time.Second

// progress shows on a terminal how much of the input has been read. Nil shows nothing.
type progress struct {
	total int64 // bytes; -1 if nobody knows

	mu   sync.Mutex // one reads while another writes
	bar  *progressbar.ProgressBar
	read int64
}

// showProgress shows how much of an input is read, if standard error is a terminal. The total is -1 if
// nobody knows it.
func (c *command) showProgress(total int64) {
	if !isTerminal(c.stderr) {
		return
	}
	p := &progress{total: total, bar: progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(c.stderr),
		progressbar.OptionThrottle(c.patience),
		progressbar.OptionSetSpinnerChangeInterval(0), // one that turns by itself goes on for ever
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowCount(),
		progressbar.OptionUseIECUnits(true),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionFullWidth(),
	)}
	p.bar.Reset() // it begins now, and was shown just now
	c.progress = p
}

// inputSize returns the size of all files together, -1 if one of them is not a regular file.
func (c *command) inputSize(files []string) int64 {
	if len(files) == 0 {
		files = []string{"-"}
	}
	total := int64(0)
	for _, name := range files {
		size, ok := fileSize(c.stdin)
		if name != "-" {
			info, err := os.Stat(name)
			if err != nil {
				continue // told when it is its turn
			}
			size, ok = info.Size(), info.Mode().IsRegular()
		}
		if !ok {
			return -1
		}
		total += size
	}
	return total
}

// meter returns a reader of r that tells what is read.
func (p *progress) meter(r io.Reader) io.Reader {
	if p == nil {
		return r
	}
	return &meter{r, p}
}

type meter struct {
	io.Reader
	progress *progress
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.Reader.Read(b)
	m.progress.add(n)
	return n, err
}

func (p *progress) add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read += int64(n)
	// The bar never gets full: a full one is shown at once, however short the work was. And a file
	// may grow.
	if p.total < 0 || p.read < p.total {
		p.bar.Set64(p.read)
	}
}

// hide takes the bar off the terminal. It comes back when more is read.
func (p *progress) hide() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bar.Clear()
}

// beside returns a writer to w, which may be the terminal on which the bar is.
func (p *progress) beside(w io.Writer) io.Writer {
	if p == nil {
		return w
	}
	return besideBar{w, p}
}

type besideBar struct {
	io.Writer
	progress *progress
}

func (b besideBar) Write(text []byte) (int, error) {
	b.progress.hide()
	return b.Writer.Write(text)
}
