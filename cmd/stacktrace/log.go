package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/stacktrace-go/stacktrace/logscan"
)

// idle is how long a pipe may give nothing until a trace that was begun is taken to be over.
const idle = 500 * time.Millisecond

// largeFile is the size of a file for which it is worth to use several processors.
const largeFile = 4 << 20

// readLogs hands the traces of files to found, until that fails or somebody interrupts it. Options.Idle
// is for those that have to be waited for.
func (c *command) readLogs(files []string, o logscan.Options, found func(name string, f logscan.Found) error) {
	ctx, stop := untilInterrupted()
	defer stop()
	c.inputs(files, func(name string, r io.Reader) error {
		err := c.readLog(ctx, name, r, o, found)
		c.ended = c.ended || ctx.Err() != nil
		return err
	})
	c.progress.hide()
}

func (c *command) readLog(ctx context.Context, name string, r io.Reader, o logscan.Options, found func(name string, f logscan.Found) error) error {
	size, isFile := fileSize(r)
	_, isOpen := r.(*os.File)
	c.waits = isOpen && !isFile
	if !c.waits {
		o.Idle = 0
	}
	if size >= largeFile && runtime.GOMAXPROCS(0) > 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	in, err := decompressed(c.progress.meter(interruptible(ctx, r, isFile)))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	scanner := logscan.NewScanner(in, o)
	defer scanner.Close()
	for scanner.Scan() {
		if err := found(name, scanner.Found()); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil && (isFile || ctx.Err() == nil) { // what is followed may end within compressed data
		return fmt.Errorf("%s: %w", name, err)
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
