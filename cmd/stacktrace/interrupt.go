package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// errInterrupted is that of a file of which not everything was read.
var errInterrupted = errors.New("interrupted")

// untilInterrupted returns a context that ends at the first Ctrl-C or order to terminate. A second one
// ends the program at once.
func untilInterrupted() (ctx context.Context, stop func()) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// interruptible returns a reader of r that ends when ctx does: with an error if r is a file, which has
// more to say. To be interrupted is how one stops to follow anything else: it ends then, even while it
// is waited for, and what was read before is still given.
func interruptible(ctx context.Context, r io.Reader, isFile bool) io.Reader {
	if isFile {
		return &interruptibleFile{r, ctx}
	}
	f := &followed{ctx: ctx, chunks: make(chan chunk)}
	go f.read(r)
	return f
}

type interruptibleFile struct {
	io.Reader
	ctx context.Context
}

func (f *interruptibleFile) Read(b []byte) (int, error) {
	if f.ctx.Err() != nil {
		return 0, errInterrupted
	}
	return f.Reader.Read(b)
}

// followed is a reader of what another goroutine reads, which may have to wait for it.
type followed struct {
	ctx    context.Context
	chunks chan chunk
	rest   chunk // of the last one that came
	ended  bool  // nothing but the rest is given any more
}

type chunk struct {
	b   []byte
	err error
}

// read hands over what r gives, from two buffers in turn: when one is handed over, the other one has
// been read.
func (f *followed) read(r io.Reader) {
	var buffers [2][64 << 10]byte
	for i := 0; ; i ^= 1 {
		n, err := r.Read(buffers[i][:])
		f.chunks <- chunk{buffers[i][:n], err}
		if err != nil {
			return
		}
	}
}

func (f *followed) Read(b []byte) (int, error) {
	for len(f.rest.b) == 0 && f.rest.err == nil {
		f.next()
	}
	n := copy(b, f.rest.b)
	f.rest.b = f.rest.b[n:]
	if len(f.rest.b) > 0 {
		return n, nil
	}
	return n, f.rest.err
}

func (f *followed) next() {
	if f.ctx.Err() == nil {
		select {
		case f.rest = <-f.chunks:
			return
		case <-f.ctx.Done():
		}
	}
	f.rest = chunk{err: io.EOF}
	if !f.ended {
		f.ended = true
		select {
		case f.rest = <-f.chunks: // it has been read already
		default:
		}
	}
}
