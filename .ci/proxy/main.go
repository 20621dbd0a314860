// Proxy writes the modules of a commit into a folder that GOPROXY can be set to, as if they had been
// tagged, and prints their version:
//
//	proxy [-revision HEAD] [-version v1.2.3] FOLDER
//
// It runs in the root of the repository. The modules are those that the file .ci/released of the commit
// names. The folder may hold other versions, and then has both.
package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/mod/zip"
)

func main() {
	revision := flag.String("revision", "HEAD", "the commit")
	version := flag.String("version", "", "the version; if it is not given, one that has no tag yet")
	flag.Parse()
	if err := run(flag.Args(), *revision, *version); err != nil {
		fmt.Fprintln(os.Stderr, "proxy:", err)
		os.Exit(1)
	}
}

func run(args []string, revision, version string) error {
	if len(args) != 1 {
		return errors.New("usage: proxy [-revision HEAD] [-version v1.2.3] FOLDER")
	}
	if version == "" {
		var err error
		if version, err = nextVersion(); err != nil {
			return err
		}
	}
	if semver.Canonical(version) != version {
		return fmt.Errorf("%q is no version: it has to be as v1.2.3", version)
	}
	tree, err := os.MkdirTemp("", "proxy")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tree)
	if err := checkOut(revision, tree); err != nil {
		return err
	}
	committed, err := commitTime(revision)
	if err != nil {
		return err
	}
	modules, err := released(tree)
	if err != nil {
		return err
	}
	for _, m := range modules {
		if err := m.require(modules, version); err != nil {
			return err
		}
		if err := m.write(args[0], version, committed); err != nil {
			return fmt.Errorf("%s: %w", m.path, err)
		}
	}
	fmt.Println(version)
	return nil
}

// nextVersion returns v0.1.0 if nothing was ever tagged, else a version right before the patch that
// would come next, so that it is not mistaken for one that is out.
func nextVersion() (string, error) {
	out, err := git("tag", "--list", "v*")
	if err != nil {
		return "", err
	}
	last := ""
	for _, tag := range strings.Fields(string(out)) {
		if semver.IsValid(tag) && semver.Compare(tag, last) > 0 {
			last = tag
		}
	}
	if last == "" {
		return "v0.1.0", nil
	}
	var patch int
	if _, err := fmt.Sscanf(strings.TrimPrefix(semver.Canonical(last), semver.MajorMinor(last)), ".%d", &patch); err != nil {
		return "", fmt.Errorf("tag %s: %w", last, err)
	}
	return fmt.Sprintf("%s.%d-0.head", semver.MajorMinor(last), patch+1), nil
}

// checkOut writes the files of a commit into a folder. Their names have to be such that every system
// can have them.
func checkOut(revision, folder string) error {
	archive, err := git("-c", "core.autocrlf=input", "-c", "core.eol=lf", "archive", "--format=tar", revision)
	if err != nil {
		return err
	}
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		header, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if err := module.CheckFilePath(header.Name); err != nil {
			return err
		}
		name := filepath.Join(folder, filepath.FromSlash(header.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
	}
}

func commitTime(revision string) (time.Time, error) {
	out, err := git("show", "--no-patch", "--format=%cI", revision+"^{commit}")
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, strings.TrimSpace(string(out)))
}

func git(args ...string) ([]byte, error) {
	out, err := exec.Command("git", args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("git %s: %s", strings.Join(args, " "), bytes.TrimSpace(exit.Stderr))
	}
	return out, err
}

// releasedModule is a module in the folder called dir.
type releasedModule struct {
	path, dir string
}

func (m releasedModule) goMod() string { return filepath.Join(m.dir, "go.mod") }

// released returns the modules in tree that its file .ci/released names.
func released(tree string) ([]releasedModule, error) {
	list, err := os.ReadFile(filepath.Join(tree, ".ci", "released"))
	if err != nil {
		return nil, err
	}
	var all []releasedModule
	for line := range strings.Lines(string(list)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := releasedModule{dir: filepath.Join(tree, filepath.FromSlash(line))}
		content, err := os.ReadFile(m.goMod())
		if err != nil {
			return nil, err
		}
		if m.path = modfile.ModulePath(content); m.path == "" {
			return nil, fmt.Errorf("%s/go.mod names no module", line)
		}
		all = append(all, m)
	}
	return all, nil
}

// require makes m require the version of each of modules that it requires at all, as its release does.
// A replace directive is refused: it would have no effect on whoever imports m, and go install refuses m.
func (m releasedModule) require(modules []releasedModule, version string) error {
	content, err := os.ReadFile(m.goMod())
	if err != nil {
		return err
	}
	file, err := modfile.Parse(path.Join(m.path, "go.mod"), content, nil)
	if err != nil {
		return err
	}
	if len(file.Replace) > 0 || len(file.Exclude) > 0 {
		return fmt.Errorf("%s/go.mod: a released module has no replace or exclude directive", m.path)
	}
	changed := false
	for _, r := range file.Require {
		for _, other := range modules {
			if r.Mod.Path == other.path && r.Mod.Version != version {
				changed = true
				if err := file.AddRequire(other.path, version); err != nil {
					return err
				}
			}
		}
	}
	if !changed {
		return nil
	}
	if content, err = file.Format(); err != nil {
		return err
	}
	return os.WriteFile(m.goMod(), content, 0o644)
}

// write writes the four files of a version of m: what is served as @v/list, .info, .mod and .zip.
func (m releasedModule) write(folder, version string, committed time.Time) error {
	escaped, err := module.EscapePath(m.path)
	if err != nil {
		return err
	}
	folder = filepath.Join(folder, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	base := filepath.Join(folder, version)

	info, err := json.Marshal(struct {
		Version string
		Time    time.Time
	}{version, committed.UTC()})
	if err != nil {
		return err
	}
	if err := os.WriteFile(base+".info", info, 0o644); err != nil {
		return err
	}
	content, err := os.ReadFile(m.goMod())
	if err != nil {
		return err
	}
	if err := os.WriteFile(base+".mod", content, 0o644); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(m.dir, "LICENSE")); err != nil {
		return err
	}
	var zipped bytes.Buffer
	if err := zip.CreateFromDir(&zipped, module.Version{Path: m.path, Version: version}, m.dir); err != nil {
		return err
	}
	if err := os.WriteFile(base+".zip", zipped.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s@%s: %d bytes\n", m.path, version, zipped.Len())

	list, err := os.OpenFile(filepath.Join(folder, "list"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer list.Close()
	_, err = fmt.Fprintln(list, version)
	return err
}
