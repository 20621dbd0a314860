package logscan

import "io"

// NewScannerOfPortions returns a scanner whose workers scan so many bytes at once.
func NewScannerOfPortions(r io.Reader, o Options, size int) *Scanner {
	s := NewScanner(r, o)
	s.portionSize = size
	return s
}
