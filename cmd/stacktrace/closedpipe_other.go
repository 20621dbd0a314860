//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// isClosedPipe reports whether err is that of writing into a pipe that nobody reads any more.
func isClosedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
