package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Engine is a JavaScript engine, or a runtime with one, and how it is found and asked.
type Engine struct {
	Name    string   // in the table: "node", "chromium"
	Family  string   // whose syntax it writes: "v8", "spidermonkey", "jsc", …
	Needs   string   // packages that have it: "npm: node"
	Paths   []string // where it may be: names for PATH, or files; {modules} is the folder of npm packages
	Version []string // arguments that print the version
	Args    []string // what stands before the script
	Module  []string // what stands before a module; nil if it is Args
	Hook    bool     // the engine has Error.prepareStackTrace and call sites
	Prints  bool     // it has a console, and prints what nobody catches
	Page    bool     // it is a browser: programs are pages

	path    string // found
	version string
}

// engines are all engines that are asked where they are there.
func engines() []*Engine {
	return []*Engine{
		{Name: "node", Family: "v8", Needs: "npm: node", Paths: []string{"node"}, Version: []string{"--version"}, Hook: true, Prints: true},
		{Name: "deno", Family: "v8", Needs: "npm: deno", Paths: []string{"deno", "{modules}/.bin/deno"}, Version: []string{"--version"}, Args: []string{"run", "--allow-all", "--quiet"}, Hook: true, Prints: true},
		{Name: "bun", Family: "bun", Needs: "npm: bun", Paths: []string{"bun", "{modules}/.bin/bun"}, Version: []string{"--version"}, Args: []string{"run"}, Prints: true},
		{Name: "chromium", Family: "v8", Needs: "Debian: chromium", Paths: []string{"chromium", "google-chrome", "chrome"}, Version: []string{"--version"}, Hook: true, Page: true},
		{Name: "firefox", Family: "spidermonkey", Needs: "Debian: firefox-esr", Paths: []string{"firefox", "firefox-esr"}, Version: []string{"--version"}, Page: true},
		{Name: "webkit", Family: "jsc", Needs: "Debian: webkit2gtk-driver, xvfb", Paths: []string{"WebKitWebDriver"}, Version: []string{"--version"}, Page: true},
		{Name: "jsc", Family: "jsc", Needs: "Debian: libjavascriptcoregtk-4.0-bin", Paths: []string{"jsc"}, Module: []string{"-m"}},
		{Name: "gjs", Family: "spidermonkey", Needs: "Debian: gjs", Paths: []string{"gjs"}, Version: []string{"--version"}, Module: []string{"-m"}},
		{Name: "hermes", Family: "hermes", Needs: "npm: hermes-engine-cli", Paths: []string{"hermes", "{modules}/hermes-engine-cli/linux64-bin/hermes"}, Version: []string{"-version"}},
		{Name: "quickjs", Family: "quickjs", Needs: "npm: quickjs-emscripten", Paths: []string{"{modules}/quickjs-emscripten/dist/index.mjs"}},
	}
}

// find looks for the engine in PATH and in the folder of npm packages, and asks for its version.
func (e *Engine) find(ctx context.Context, modules string) bool {
	for _, name := range e.Paths {
		if strings.HasPrefix(name, "{modules}") {
			if modules == "" {
				continue
			}
			name = strings.Replace(name, "{modules}", modules, 1)
			if _, err := os.Stat(name); err != nil {
				continue
			}
			e.path = name
		} else if path, err := exec.LookPath(name); err == nil {
			e.path = path
		}
		if e.path != "" {
			break
		}
	}
	if e.path == "" {
		return false
	}
	e.version = e.askVersion(ctx)
	return true
}

// askVersion returns the first word with a digit that the engine prints as its version.
func (e *Engine) askVersion(ctx context.Context) string {
	if e.Name == "quickjs" || e.Name == "hermes" {
		if version := packageVersion(filepath.Dir(filepath.Dir(e.path))); version != "" {
			return version
		}
	}
	if e.Version == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	path := e.path
	if e.Name == "webkit" {
		if path = miniBrowser(); path == "" {
			return ""
		}
	}
	output, _ := exec.CommandContext(ctx, path, e.Version...).Output()
	for _, word := range strings.Fields(string(output)) {
		word = strings.TrimPrefix(word, "v")
		if word != "" && word[0] >= '0' && word[0] <= '9' {
			return word
		}
	}
	return ""
}

// packageVersion returns the version of an npm package in a folder.
func packageVersion(folder string) string {
	text, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(string(text), `"version":`)
	parts := strings.SplitN(rest, `"`, 3)
	if len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// command is what runs a script in the engine.
func (e *Engine) command(ctx context.Context, script string, isModule bool) *exec.Cmd {
	if e.Name == "quickjs" {
		return exec.CommandContext(ctx, "node", filepath.Join(filepath.Dir(script), "qjs.mjs"), e.path, script)
	}
	args := e.Args
	if isModule && e.Module != nil {
		args = e.Module
	}
	return exec.CommandContext(ctx, e.path, append(slices.Clone(args), script)...)
}

// title is the engine with its version, as far as a table's head has room.
func (e *Engine) title() string {
	if e.version == "" {
		return e.Name
	}
	parts := strings.SplitN(e.version, ".", 3)
	return e.Name + " " + strings.Join(parts[:min(2, len(parts))], ".")
}
