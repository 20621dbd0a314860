package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (c *command) newMan() *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use:   "man [--to FOLDER]",
		Short: "Print the manual page, or write that of each command into a folder",
		Example: `  stacktrace man | man -l -
  stacktrace man --to /usr/local/share/man/man1`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c.found = true
			root := cmd.Root()
			root.DisableAutoGenTag = true
			date := buildTime()
			header := &doc.GenManHeader{Title: "STACKTRACE", Section: "1", Manual: "Stacktrace", Date: &date}
			if folder == "" {
				return doc.GenMan(root, header, c.stdout)
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			header.Title = "" // that of each page
			return doc.GenManTree(root, header, folder)
		},
	}
	cmd.Flags().StringVar(&folder, "to", "", "folder for the pages, stacktrace.1 and so on")
	return cmd
}

// buildTime returns the time of the commit that this is built from, so that the same commit gives the
// same manual; the beginning of 1970 if the build does not know it.
func buildTime() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key != "vcs.time" {
				continue
			}
			if t, err := time.Parse(time.RFC3339, s.Value); err == nil {
				return t
			}
		}
	}
	return time.Unix(0, 0).UTC()
}

// errFlag returns the error of a flag with a value that it cannot have.
func errFlag(flag string, value any, want string) error {
	return fmt.Errorf("--%s %v is not %s", flag, value, want)
}
