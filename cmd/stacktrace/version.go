package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// version tells in one line which build this is: the version of the command, the commit that it was
// built from, and Go's version, as far as the build knows them. Whoever installs a version by its
// number gets no commit.
//
//	stacktrace v0.1.0 (commit 1f0ec2a9d4b7, 2026-11-21T10:00:00Z; go1.26.8, linux/amd64)
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return describeBuild(info)
}

func describeBuild(info *debug.BuildInfo) string {
	settings := make(map[string]string)
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	var commit []string
	if revision := settings["vcs.revision"]; revision != "" {
		commit = append(commit, "commit "+revision[:min(12, len(revision))])
		if settings["vcs.modified"] == "true" {
			commit[0] += " with changes"
		}
		if time := settings["vcs.time"]; time != "" {
			commit = append(commit, time)
		}
		commit = []string{strings.Join(commit, ", ")}
	}
	platform := cmp.Or(settings["GOOS"], runtime.GOOS) + "/" + cmp.Or(settings["GOARCH"], runtime.GOARCH)
	about := append(commit, info.GoVersion+", "+platform)
	return fmt.Sprintf("stacktrace %s (%s)", cmp.Or(info.Main.Version, "(devel)"), strings.Join(about, "; "))
}
