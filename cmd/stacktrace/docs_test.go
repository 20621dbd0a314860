package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// documented is a command line in a page of the documentation, with the flags behind the command.
var documented = regexp.MustCompile(`stacktrace (parse|scan|top|report|serve|map|convert|man)\b([^\n|<>#` + "`" + `]*)`)

// TestDocs checks that the flags in the README and in the pages of docs are there.
func TestDocs(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatal(pages, err)
	}
	root := (&command{stdout: &bytes.Buffer{}}).newRoot()
	commands := map[string]*cobra.Command{}
	for _, cmd := range root.Commands() {
		cmd.InitDefaultHelpFlag()
		commands[cmd.Name()] = cmd
	}
	flags := 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range documented.FindAllStringSubmatch(string(text), -1) {
			for _, word := range strings.Fields(m[2]) {
				name, isLong := strings.CutPrefix(word, "--")
				if !isLong || name == "" {
					continue
				}
				name, _, _ = strings.Cut(name, "=")
				flags++
				if commands[m[1]].Flags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
					t.Errorf("%s: %s has no flag --%s", filepath.Base(page), m[1], name)
				}
			}
		}
	}
	if flags < 20 {
		t.Errorf("only %d flags were found", flags)
	}
}
