package main

import (
	"regexp"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestVersion asks a process of its own, since what a build knows of itself is written into the
// executable.
func TestVersion(t *testing.T) {
	want := regexp.MustCompile(`^stacktrace \S+ \((commit [0-9a-f]{12}( with changes)?, \S+; )?` +
		regexp.QuoteMeta(runtime.Version()+", "+runtime.GOOS+"/"+runtime.GOARCH) + `\)\n$`)
	for _, arg := range []string{"--version", "version"} {
		p := newProcess(arg)
		out, err := p.Output()
		if err != nil || !want.Match(out) || p.stderr.Len() > 0 {
			t.Errorf("stacktrace %s: %v, output %q, standard error %q", arg, err, out, p.stderr.String())
		}
	}
}

func TestDescribeBuild(t *testing.T) {
	platform := []debug.BuildSetting{{Key: "GOOS", Value: "darwin"}, {Key: "GOARCH", Value: "arm64"}}
	commit := append([]debug.BuildSetting{
		{Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: "1f0ec2a9d4b7c8d9e0f1a2b3c4d5e6f708192a3b"},
		{Key: "vcs.time", Value: "2026-11-21T10:00:00Z"},
	}, platform...)
	for _, test := range []struct {
		name     string
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"installed by its version", "v0.1.0", platform, "stacktrace v0.1.0 (go1.26.8, darwin/arm64)"},
		{"built from a commit", "v0.1.0", commit, "stacktrace v0.1.0 (commit 1f0ec2a9d4b7, 2026-11-21T10:00:00Z; go1.26.8, darwin/arm64)"},
		{"built from changed files", "v0.1.1-0.20261121100000-1f0ec2a9d4b7+dirty", append(commit, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			"stacktrace v0.1.1-0.20261121100000-1f0ec2a9d4b7+dirty (commit 1f0ec2a9d4b7 with changes, 2026-11-21T10:00:00Z; go1.26.8, darwin/arm64)"},
		{"built without git", "(devel)", platform, "stacktrace (devel) (go1.26.8, darwin/arm64)"},
		{"no version", "", platform, "stacktrace (devel) (go1.26.8, darwin/arm64)"},
	} {
		info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: test.version}, Settings: test.settings}
		if got := describeBuild(info); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
