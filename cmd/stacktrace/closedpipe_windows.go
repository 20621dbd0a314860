package main

import (
	"errors"
	"syscall"
)

// errNoData is ERROR_NO_DATA, which package syscall has no name for.
const errNoData = syscall.Errno(232)

// isClosedPipe reports whether err is that of writing into a pipe that nobody reads any more.
func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, errNoData)
}
