package sourcemap

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/stacktrace-go/stacktrace"
)

const (
	defaultMaxBytes = 256 << 20
	defaultRefresh  = 10 * time.Second
	maxFiles        = 1 << 20
)

// DirOption changes what [Dir] does.
type DirOption func(*dir)

// MaxBytes sets how long a map, unpacked, or a script may be to be read: 256 MiB unless told.
func MaxBytes(n int64) DirOption { return func(d *dir) { d.max = n } }

// Refresh sets how long the list of files is used before it is made anew, which is done only when a map is
// not found: ten seconds unless told.
func Refresh(after time.Duration) DirOption { return func(d *dir) { d.refresh = after } }

// Dir returns a resolver that finds maps in a folder: files whose names end in .map or .map.gz, and the
// maps that scripts there name in a comment or hold as data: URLs, also within the code that webpack's
// eval-source-map wraps in eval. It opens only files that it found in the folder, however a frame's File looks.
//
// The map of a script is looked for by what is known of it, in this order:
//
//   - its debug id, if the hints tell it: the map or script that has it, and no other
//   - its release, if the hints tell one, and its path: only what is in a folder of the release's name counts
//   - its path: of the files of its base name, that with which it shares the most folders at the end
//   - its base name alone, if only one file in the folder has it
//
// Files that differ and fit equally well are an error that names them: a map of another deploy would give
// wrong positions.
func Dir(fsys fs.FS, opts ...DirOption) Resolver {
	d := &dir{fsys: fsys, max: defaultMaxBytes, refresh: defaultRefresh}
	for _, opt := range opts {
		opt(d)
	}
	return d
}

type dir struct {
	fsys    fs.FS
	max     int64
	refresh time.Duration
	current atomic.Pointer[dirIndex]
	walks   flight[*dirIndex]
}

// dirIndex is what is in a folder.
type dirIndex struct {
	made    time.Time
	scripts map[string][]*script // by base name
	all     []*script
	byID    atomic.Pointer[map[string]*script] // by debug id, in lower case; made when one is looked for
	byEval  atomic.Pointer[map[string][]*script]
	reads   flight[bool]
}

// script is a script of which there is a map, or which itself is there.
type script struct {
	path    string // of the script, whether it is there or not
	mapFile string // "" if there is none beside it
	source  bool   // the script itself is there
}

func (d *dir) Map(ctx context.Context, f stacktrace.Frame) (*Map, error) {
	if f.File == "" {
		return nil, ErrNotFound
	}
	index, err := d.index(ctx, nil)
	if err != nil {
		return nil, err
	}
	m, err := d.find(ctx, index, f)
	if errors.Is(err, ErrNotFound) && time.Since(index.made) > d.refresh {
		if index, err = d.index(ctx, index); err != nil {
			return nil, err
		}
		return d.find(ctx, index, f)
	}
	return m, err
}

// index returns the list of files. It is made anew if old is still the current one.
func (d *dir) index(ctx context.Context, old *dirIndex) (*dirIndex, error) {
	if index := d.current.Load(); index != old {
		return index, nil
	}
	return d.walks.do(ctx, "", func(ctx context.Context) (*dirIndex, error) {
		index, err := d.walk(ctx)
		if err == nil {
			d.current.Store(index)
		}
		return index, err
	})
}

func (d *dir) walk(ctx context.Context) (*dirIndex, error) {
	index := &dirIndex{made: time.Now(), scripts: map[string][]*script{}}
	byPath := map[string]*script{}
	at := func(name string) *script {
		s := byPath[name]
		if s == nil {
			s = &script{path: name}
			byPath[name] = s
			index.all = append(index.all, s)
			base := path.Base(name)
			index.scripts[base] = append(index.scripts[base], s)
		}
		return s
	}
	err := fs.WalkDir(d.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if name == "." {
				return err
			}
			return nil // a folder that may not be read has no maps
		}
		if entry.IsDir() {
			return nil
		}
		if len(index.all) > maxFiles {
			return fmt.Errorf("sourcemap: more than %d maps and scripts in the folder", maxFiles)
		}
		if of, ok := strings.CutSuffix(strings.TrimSuffix(name, ".gz"), ".map"); ok {
			if s := at(of); s.mapFile == "" || !strings.HasSuffix(name, ".gz") {
				s.mapFile = name
			}
			return nil
		}
		switch path.Ext(name) {
		case ".js", ".mjs", ".cjs", ".jsx", ".bundle", ".jsbundle":
			at(name).source = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sourcemap: reading the folder of maps: %w", err)
	}
	return index, nil
}

// find returns the map of the script that a frame is in.
func (d *dir) find(ctx context.Context, index *dirIndex, f stacktrace.Frame) (*Map, error) {
	h := HintsOf(ctx)
	if id := h.DebugIDs[f.File]; id != "" {
		s, err := d.withID(ctx, index, id)
		if err != nil {
			return nil, err
		}
		return d.read(s)
	}
	wanted := scriptPath(f.File)
	s, err := d.choose(index.scripts[path.Base(wanted)], wanted, h.Release)
	if err == nil {
		return d.read(s)
	}
	if errors.Is(err, ErrNotFound) && strings.Contains(f.File, ":") {
		if m, err := d.evals(ctx, index, f.File); !errors.Is(err, ErrNotFound) {
			return m, err
		}
	}
	return nil, err
}

// choose returns the script that fits the path best.
func (d *dir) choose(scripts []*script, wanted, release string) (*script, error) {
	if release != "" {
		scripts = slices.DeleteFunc(slices.Clone(scripts), func(s *script) bool {
			return !strings.Contains("/"+path.Dir(s.path)+"/", "/"+strings.Trim(release, "/")+"/")
		})
	}
	var best []*script
	most := 0
	for _, s := range scripts {
		n := sharedSuffix(s.path, wanted)
		if n > most {
			best, most = best[:0], n
		}
		if n == most {
			best = append(best, s)
		}
	}
	for _, s := range best {
		if strings.Count(s.path, "/")+1 == most {
			return s, nil // its whole path fits
		}
	}
	switch {
	case len(best) == 0:
		return nil, ErrNotFound
	case len(best) == 1 && (most > 1 || len(scripts) == 1):
		return best[0], nil
	}
	if len(best) <= 8 && d.sameFiles(best) {
		return best[0], nil
	}
	if len(best) == 1 {
		return nil, fmt.Errorf("%w: %d files have the name, and none is in the folder of %s", ErrNotFound, len(scripts), wanted)
	}
	return nil, fmt.Errorf("%w: %s and %s fit %s alike", ErrNotFound, best[0].file(), best[1].file(), wanted)
}

// sharedSuffix returns how many folders and names at the end two paths share.
func sharedSuffix(a, b string) int {
	n := 0
	for a != "" && b != "" {
		i, j := strings.LastIndexByte(a, '/'), strings.LastIndexByte(b, '/')
		if a[i+1:] != b[j+1:] {
			break
		}
		n++
		a, b = a[:max(i, 0)], b[:max(j, 0)]
	}
	return n
}

// sameFiles reports whether the maps of all scripts are the same, byte for byte: a chunk that did not change
// between two deploys.
func (d *dir) sameFiles(scripts []*script) bool {
	var first [sha256.Size]byte
	for i, s := range scripts {
		data, err := d.data(s)
		if err != nil {
			return false
		}
		sum := sha256.Sum256(data)
		if i == 0 {
			first = sum
		} else if sum != first {
			return false
		}
	}
	return true
}

// read returns the map of a script.
func (d *dir) read(s *script) (*Map, error) {
	data, err := d.data(s)
	if err != nil {
		return nil, err
	}
	m, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.file(), err)
	}
	return m, nil
}

// file returns the file that the map of a script is in, or that names it.
func (s *script) file() string { return cmp.Or(s.mapFile, s.path) }

// data returns the text of the map of a script.
func (d *dir) data(s *script) ([]byte, error) {
	if s.mapFile != "" {
		return d.file(s.mapFile)
	}
	js, err := d.file(s.path)
	if err != nil {
		return nil, err
	}
	ref, _ := URL(js)
	if ref == "" {
		return nil, ErrNotFound
	}
	if _, isData := cutPrefixFold(ref, "data:"); isData {
		return DataURL(ref)
	}
	if strings.Contains(ref, "://") {
		return nil, ErrNotFound
	}
	ref, _, _ = strings.Cut(ref, "?")
	name := path.Join(path.Dir(s.path), unescapePath(ref))
	if strings.HasPrefix(ref, "/") {
		name = strings.TrimPrefix(path.Clean(unescapePath(ref)), "/")
	}
	if !fs.ValidPath(name) {
		return nil, ErrNotFound
	}
	data, err := d.file(name)
	if errors.Is(err, fs.ErrNotExist) {
		return d.file(name + ".gz")
	}
	return data, err
}

func unescapePath(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// file returns the content of a file, unpacked if its name ends in .gz.
func (d *dir) file(name string) ([]byte, error) {
	f, err := d.fsys.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
		}
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		size *= 4
	}
	return readAll(name, r, size, d.max)
}

// readAll reads no more than limit bytes.
func readAll(name string, r io.Reader, size, limit int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(max(size, 0), limit, 64<<20)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case n > limit:
		return nil, fmt.Errorf("%s: more than %d bytes", name, limit)
	}
	return b.Bytes(), nil
}

// withID returns the script of a debug id.
func (d *dir) withID(ctx context.Context, index *dirIndex, id string) (*script, error) {
	ids := index.byID.Load()
	if ids == nil {
		_, err := index.reads.do(ctx, "ids", func(ctx context.Context) (bool, error) {
			found := map[string]*script{}
			for _, s := range index.all {
				if ctx.Err() != nil {
					return false, ctx.Err()
				}
				if id := d.idOf(s); id != "" && (found[id] == nil || s.mapFile != "") {
					found[id] = s
				}
			}
			index.byID.Store(&found)
			return true, nil
		})
		if err != nil {
			return nil, err
		}
		ids = index.byID.Load()
	}
	if s := (*ids)[strings.ToLower(id)]; s != nil {
		return s, nil
	}
	return nil, ErrNotFound
}

// idOf returns the debug id of a script's map, or else of the script, in lower case.
func (d *dir) idOf(s *script) string {
	if isDebugID(path.Base(s.path)) && s.mapFile != "" {
		return strings.ToLower(path.Base(s.path))
	}
	if s.mapFile != "" {
		if data, err := d.file(s.mapFile); err == nil {
			if id := debugIDOf(data); id != "" {
				return strings.ToLower(id)
			}
		}
	}
	if s.source {
		if js, err := d.file(s.path); err == nil {
			_, id := URL(js)
			return strings.ToLower(id)
		}
	}
	return ""
}

// evals returns the map of code that a script evals under a name.
func (d *dir) evals(ctx context.Context, index *dirIndex, name string) (*Map, error) {
	evals := index.byEval.Load()
	if evals == nil {
		_, err := index.reads.do(ctx, "evals", func(ctx context.Context) (bool, error) {
			found := map[string][]*script{}
			for _, s := range index.all {
				if ctx.Err() != nil {
					return false, ctx.Err()
				}
				if !s.source {
					continue
				}
				if js, err := d.file(s.path); err == nil {
					evalMaps(js, func(name, _ string) { found[name] = append(found[name], s) })
				}
			}
			index.byEval.Store(&found)
			return true, nil
		})
		if err != nil {
			return nil, err
		}
		evals = index.byEval.Load()
	}
	var ref string
	for _, s := range (*evals)[name] {
		js, err := d.file(s.path)
		if err != nil {
			return nil, err
		}
		differs := false
		evalMaps(js, func(n, r string) {
			if n == name {
				differs = differs || ref != "" && r != ref
				ref = r
			}
		})
		if differs {
			return nil, fmt.Errorf("%w: several scripts eval a %s, and they differ", ErrNotFound, name)
		}
	}
	if ref == "" {
		return nil, ErrNotFound
	}
	data, err := DataURL(ref)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}
