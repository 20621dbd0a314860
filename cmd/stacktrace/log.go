package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// idle is how long a pipe may give nothing until a trace that was begun is taken to be over.
const idle = 500 * time.Millisecond

// largeFile is the size of a file for which it is worth to use several processors.
const largeFile = 4 << 20

// saveMemory makes the garbage collector run twice as often as usual: a log is read beside what wrote it, and most of
// what is in memory is of the lines that were read last. GOGC in the environment overrules it.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// logReading is how the inputs of a command are read for traces.
type logReading struct {
	options logscan.Options // Idle is for inputs that have to be waited for
	follow  bool            // files are read on as they grow

	found func(from source, f logscan.Found) error
	ended func(from source) // an input has ended; nil if nobody wants to know
}

// readLogs hands the traces of files to l.found, until that fails or somebody interrupts it. It calls
// the functions of l one at a time.
func (c *command) readLogs(files []string, l logReading) {
	ctx, stop := untilInterrupted()
	defer stop()
	defer c.progress.hide()
	if l.follow {
		c.followLogs(ctx, stop, orStandardInput(files), l)
		return
	}
	c.inputs(files, func(from source, r io.Reader) error {
		err := c.readLog(ctx, from, r, l)
		c.ended = c.ended || ctx.Err() != nil
		return err
	})
}

// followLogs reads all files at the same time, for none of them ends before it is interrupted.
func (c *command) followLogs(ctx context.Context, stop func(), files []string, l logReading) {
	var mu sync.Mutex
	found, ended, rest := l.found, l.ended, l.options.Rest
	l.found = func(from source, f logscan.Found) error {
		mu.Lock()
		defer mu.Unlock()
		return found(from, f)
	}
	if ended != nil {
		l.ended = func(from source) {
			mu.Lock()
			defer mu.Unlock()
			ended(from)
		}
	}
	if rest != nil {
		l.options.Rest = func(offset int64, part []byte) {
			mu.Lock()
			defer mu.Unlock()
			rest(offset, part)
		}
	}
	var readers sync.WaitGroup
	for i, name := range files {
		readers.Go(func() {
			err := c.input(i, name, func(from source, r io.Reader) error {
				if file, ok := r.(*os.File); ok && name != "-" {
					r = &tail{ctx: ctx, name: name, file: file}
				}
				return c.readLog(ctx, from, r, l)
			})
			mu.Lock()
			defer mu.Unlock()
			c.report(err)
			if c.ended { // nobody reads the output
				stop()
			}
		})
	}
	readers.Wait()
}

func (c *command) readLog(ctx context.Context, from source, r io.Reader, l logReading) error {
	o := l.options
	size, isFile := fileSize(r)
	tailed, isTail := r.(*tail)
	_, isOpen := r.(*os.File)
	from.waits = isTail || isOpen && !isFile
	if !from.waits {
		o.Idle = 0
	}
	if size >= largeFile && runtime.GOMAXPROCS(0) > 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if isTail {
		defer tailed.close()
	} else {
		r = interruptible(ctx, r, isFile)
	}
	in, err := decoded(c.progress.meter(r))
	if err != nil {
		return fmt.Errorf("%s: %w", from.name, err)
	}
	scanner := logscan.NewScanner(in, o)
	defer scanner.Close()
	for scanner.Scan() {
		if err := l.found(from, scanner.Found()); err != nil {
			return err
		}
	}
	if l.ended != nil {
		l.ended(from)
	}
	if err := scanner.Err(); err != nil && (isFile || ctx.Err() == nil) { // what is followed may end within compressed data
		return fmt.Errorf("%s: %w", from.name, err)
	}
	return nil
}

// fileSize returns the size of a regular file. Of anything else, a pipe, a terminal, a socket, more
// may come later.
func fileSize(r any) (size int64, ok bool) {
	file, ok := r.(*os.File)
	if !ok {
		return 0, false
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}
