//go:build !unix

package main

import "time"

var begin = time.Now()

// now returns the time that has passed.
func now() time.Duration { return time.Since(begin) }
