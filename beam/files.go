package stacktracebeam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/stacktrace-go/stacktrace/internal/encoded"
)

// File is a file that is to be scanned.
type File struct {
	Name string
	Size int64 // in bytes, as it is stored
	Text bool  // it is read as it stands, from any offset on, and so can be split
}

// libraries decompress files. They start no goroutines, so that nothing needs to be closed.
var libraries = encoded.Libraries{
	Gzip: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	Zstd: func(r io.Reader) (io.Reader, error) {
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(encoded.MaxWindow))
	},
	XZ: func(r io.Reader) (io.Reader, error) { return xz.NewReader(r) },
}

// OpenFrom opens a file at an offset, to be read from there on.
type OpenFrom func(ctx context.Context, name string, offset int64) (io.ReadCloser, error)

// fromOffset has a function for each scheme of which RegisterOpenFrom was told.
var fromOffset sync.Map

// RegisterOpenFrom tells how files of a scheme ("gs", "s3") are opened at an offset. Beam's file systems only open them at
// their beginning, and then Scan takes each file for one range, unless what they open is an io.ReaderAt, as files of
// the machine are. It must be called on all workers, so by an init function: package objects has those of
// Beam's object stores.
func RegisterOpenFrom(scheme string, open OpenFrom) { fromOffset.Store(scheme, open) }

// openFrom returns the function that opens a file at an offset; nil if there is none.
func openFrom(name string) OpenFrom {
	scheme, _, ok := strings.Cut(name, "://")
	if !ok {
		return nil
	}
	open, ok := fromOffset.Load(scheme)
	if !ok {
		return nil
	}
	return open.(OpenFrom)
}

// inspect returns a file with what its first bytes tell.
func inspect(ctx context.Context, name string) (File, error) {
	f := File{Name: name}
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return f, err
	}
	defer fs.Close()
	if f.Size, err = fs.Size(ctx, name); err != nil {
		return f, err
	}
	open := openFrom(name)
	var r io.ReadCloser
	if open != nil {
		r, err = open(ctx, name, 0) // as it is stored: an object store may decompress what is read otherwise
	} else {
		r, err = fs.OpenRead(ctx, name)
	}
	if err != nil {
		return f, err
	}
	defer r.Close()
	start := make([]byte, 4)
	n, err := io.ReadFull(r, start)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return f, err
	}
	_, isReaderAt := r.(io.ReaderAt)
	f.Text = (isReaderAt || open != nil) && encoded.IsText(start[:n])
	return f, nil
}

// open returns the text of a file to be read from any offset on, if it is one of which that is said, or else to be read
// from the beginning on. As many bytes as behind can be read again.
func (f *File) open(ctx context.Context, behind int64) (in io.ReaderAt, done func(), err error) {
	if open := openFrom(f.Name); f.Text && open != nil {
		p := &passing{behind: behind, open: func(offset int64) (io.ReadCloser, error) { return open(ctx, f.Name, offset) }}
		return p, p.close, nil
	}
	fs, err := filesystem.New(ctx, f.Name)
	if err != nil {
		return nil, nil, err
	}
	r, err := fs.OpenRead(ctx, f.Name)
	if err != nil {
		fs.Close()
		return nil, nil, err
	}
	done = func() { r.Close(); fs.Close() }
	if f.Text {
		if at, ok := r.(io.ReaderAt); ok {
			return at, done, nil
		}
		done()
		return nil, nil, errors.New("the file system of this worker cannot read from an offset on")
	}
	text, err := libraries.Decode(r)
	if err != nil {
		done()
		return nil, nil, err
	}
	return &passing{r: io.NopCloser(text), behind: behind}, done, nil
}

// passing is a text that is read from some offset on, mostly without a break. The last bytes that were read can be read
// again.
type passing struct {
	r      io.ReadCloser
	open   func(offset int64) (io.ReadCloser, error) // where the text is not at hand; nil if it can only be read once
	behind int64                                     // how many bytes can be read again
	held   []byte
	start  int64 // the offset of held
	err    error
}

// ReadAt reads what follows what was read before, or some of that again. If the text can be opened at an offset, it
// reads anything.
func (p *passing) ReadAt(b []byte, offset int64) (n int, err error) {
	if p.r == nil || offset < p.start || offset > p.start+int64(len(p.held)) {
		if err := p.reopen(offset); err != nil {
			return 0, err
		}
	}
	n = copy(b, p.held[offset-p.start:])
	for n < len(b) && p.err == nil {
		var more int
		more, p.err = p.r.Read(b[n:])
		p.hold(b[n : n+more])
		n += more
	}
	if n < len(b) {
		return n, p.err
	}
	return n, nil
}

// reopen goes on at an offset that is not at hand.
func (p *passing) reopen(offset int64) (err error) {
	if p.open == nil {
		return fmt.Errorf("offset %d is not at hand, only %d bytes from %d on", offset, len(p.held), p.start)
	}
	p.close()
	if p.r, err = p.open(offset); err != nil {
		return err
	}
	p.held, p.start, p.err = p.held[:0], offset, nil
	return nil
}

func (p *passing) close() {
	if p.r != nil {
		p.r.Close()
		p.r = nil
	}
}

// hold keeps bytes to be read again, and forgets some if there are twice as many as need be kept.
func (p *passing) hold(b []byte) {
	if drop := int64(len(p.held)) - p.behind; drop > p.behind {
		p.held = append(p.held[:0], p.held[drop:]...)
		p.start += drop
	}
	p.held = append(p.held, b...)
}

// everything is the end of a range up to the end of the file.
const everything = math.MaxInt64
