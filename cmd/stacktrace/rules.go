package main

import (
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// rules are the flags that change what fingerprints count.
type rules struct {
	own, others, hashes     []string
	keepOrigin, keepQuery   bool
	countCause, withMessage bool
	maxCalls                int
}

func (r *rules) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&r.own, "app-code", nil, "files of which `PATTERN` is a part are the application's; * stands for anything")
	flags.StringArrayVar(&r.others, "other-code", nil, "files of which `PATTERN` is a part are others'")
	flags.StringArrayVar(&r.hashes, "build-hash", nil, "what `REGEXP` matches in a file's path changes with each build")
	flags.BoolVar(&r.keepOrigin, "keep-origin", false, "files of two hosts are two files")
	flags.BoolVar(&r.keepQuery, "keep-query", false, "a.js?v=1 and a.js?v=2 are two files")
	flags.BoolVar(&r.countCause, "count-cause", false, "errors with different causes are different failures")
	flags.BoolVar(&r.withMessage, "count-message", false, "errors with different messages are different failures")
	flags.IntVar(&r.maxCalls, "max-calls", 0, "count at most `N` calls of a trace (default: 8)")
}

// options returns what the flags tell.
func (r *rules) options() ([]normalize.Option, error) {
	var options []normalize.Option
	if r.own != nil {
		options = append(options, normalize.InApp(r.own...))
	}
	if r.others != nil {
		options = append(options, normalize.NotInApp(r.others...))
	}
	for _, hash := range r.hashes {
		pattern, err := regexp.Compile(hash)
		if err != nil {
			return nil, fmt.Errorf("--build-hash %s: %w", hash, err)
		}
		options = append(options, normalize.Hash(pattern))
	}
	if r.keepOrigin {
		options = append(options, normalize.KeepOrigin())
	}
	if r.keepQuery {
		options = append(options, normalize.KeepQuery())
	}
	if r.countCause {
		options = append(options, normalize.CountCause())
	}
	if r.withMessage {
		options = append(options, normalize.CountMessage())
	}
	if r.maxCalls < 0 {
		return nil, fmt.Errorf("--max-calls %d is less than none", r.maxCalls)
	}
	if r.maxCalls > 0 {
		options = append(options, normalize.MaxFrames(r.maxCalls))
	}
	return options, nil
}
