// Package corpus reads the traces that real engines wrote, for tests and benchmarks. testdata/README.md
// tells what is in them.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
)

// Read returns the captures in the file called name, which holds one JSON object on each line and is
// compressed with gzip. T has the fields that the caller wants of them.
func Read[T any](name string) ([]T, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	var all []T
	for d := json.NewDecoder(bufio.NewReader(unzipped)); ; {
		var c T
		switch err := d.Decode(&c); err {
		case nil:
			all = append(all, c)
		case io.EOF:
			return all, nil
		default:
			return nil, err
		}
	}
}
