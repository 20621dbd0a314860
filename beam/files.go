package stacktracebeam

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

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
	r, err := fs.OpenRead(ctx, name)
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
	f.Text = isReaderAt && encoded.IsText(start[:n])
	return f, nil
}

// open returns the text of a file to be read from any offset on, if it is one of which that is said, or else to be read
// from the beginning on.
func (f *File) open(ctx context.Context, behind int64) (io.ReaderAt, func(), error) {
	fs, err := filesystem.New(ctx, f.Name)
	if err != nil {
		return nil, nil, err
	}
	r, err := fs.OpenRead(ctx, f.Name)
	if err != nil {
		fs.Close()
		return nil, nil, err
	}
	done := func() { r.Close(); fs.Close() }
	if f.Text {
		if at, ok := r.(io.ReaderAt); ok {
			return at, done, nil
		}
		done()
		return nil, nil, errors.New("the file system of this worker cannot read from an offset on")
	}
	in, err := libraries.Decode(r)
	if err != nil {
		done()
		return nil, nil, err
	}
	return &passing{r: in, behind: behind}, done, nil
}

// passing is a text that is read once, from the beginning on. The last bytes that were read can be read again.
type passing struct {
	r      io.Reader
	behind int64 // how many bytes can be read again
	held   []byte
	start  int64 // the offset of held
	err    error
}

// ReadAt reads what follows what was read before, or some of that again.
func (p *passing) ReadAt(b []byte, offset int64) (n int, err error) {
	if offset < p.start || offset > p.start+int64(len(p.held)) {
		return 0, fmt.Errorf("offset %d is not at hand, only %d bytes from %d on", offset, len(p.held), p.start)
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
