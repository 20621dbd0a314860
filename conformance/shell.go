package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// programTime is how long one program may take. They take milliseconds; an engine that is just being
// installed, or a busy machine, takes longer.
const programTime = 20 * time.Second

// runShell runs programs in an engine that is a command, as many at once as there are processors.
func (e *Engine) runShell(ctx context.Context, programs []*Program) ([]*Result, error) {
	folder, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if folder, err = filepath.EvalSymlinks(folder); err != nil { // as engines tell it
		return nil, err
	}
	// Beside each other, and with names of one length, so that columns and lines do not differ.
	for _, name := range []string{"text", "site"} {
		if err := e.writeScripts(filepath.Join(folder, name), programs, name == "site"); err != nil {
			return nil, err
		}
	}
	results := make([]*Result, len(programs))
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for i, p := range programs {
		group.Add(1)
		go func() {
			defer group.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = e.runProgram(ctx, folder, p)
		}()
	}
	group.Wait()
	return results, ctx.Err()
}

func (e *Engine) writeScripts(folder string, programs []*Program, hook bool) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	host, err := files.ReadFile("qjs.mjs")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "qjs.mjs"), host, 0o600); err != nil {
		return err
	}
	for _, p := range programs {
		script, err := p.script(hook)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, p.Name), []byte(script), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// runProgram runs one program, and once more for the call sites where the engine has them.
func (e *Engine) runProgram(ctx context.Context, folder string, p *Program) *Result {
	r := &Result{}
	r.Engine, r.Runtime, r.Version, r.Scenario = e.Family, e.Name, e.version, p.Name
	output, err := e.output(ctx, filepath.Join(folder, "text", p.Name), p)
	t, ok := readTold(output)
	switch {
	case p.Printed:
		r.Kind, r.Text = "stderr", output
		if output == "" {
			r.Failed = "it printed nothing"
		}
	case ok:
		r.take(t)
	case err != nil && output == "":
		r.Failed = err.Error()
	default:
		r.Failed = outline(output)
	}
	if ok && e.Hook && !p.Printed {
		output, _ := e.output(ctx, filepath.Join(folder, "site", p.Name), p)
		if t, ok := readTold(output); ok {
			r.takeSites(t.Sites)
		}
		r.rename(filepath.Join(folder, "site"), "/app")
	}
	r.rename(filepath.Join(folder, "text"), "/app")
	return r
}

// output runs a script and returns all that it prints, on either stream.
func (e *Engine) output(ctx context.Context, script string, p *Program) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, programTime)
	defer cancel()
	command := e.command(ctx, script, p.isModule())
	command.Dir = filepath.Dir(script)
	command.Env = append(os.Environ(), "NO_COLOR=1", "FORCE_COLOR=0")
	command.WaitDelay = time.Second
	var b bytes.Buffer
	command.Stdout, command.Stderr, command.Stdin = &b, &b, io.MultiReader()
	err := command.Run()
	if errors.As(err, new(*exec.ExitError)) {
		err = nil // programs fail, that is what they are for
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return b.String(), err
}
