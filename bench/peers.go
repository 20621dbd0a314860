package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// errNoPeers says that the packages of the peers are not there.
var errNoPeers = errors.New("no peers/node_modules: run npm ci in bench/peers")

// peerResult is what a parser on Node made of a trace.
type peerResult struct {
	Case    string
	Peer    string
	Version string
	NS      float64
	Found   int
}

// runPeers reads the traces with the parsers on Node.
func runPeers(traces []trace, each time.Duration, rounds int) ([]peerResult, error) {
	if _, err := os.Stat("peers/node_modules"); err != nil {
		return nil, errNoPeers
	}
	folder, err := os.MkdirTemp("", "stacktrace-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	type peerCase struct {
		Name   string   `json:"name"`
		Text   string   `json:"text"`
		Places [][2]any `json:"places"`
	}
	var cases []peerCase
	for _, t := range traces {
		c := peerCase{Name: t.name, Text: t.text}
		for _, f := range t.frames {
			c.Places = append(c.Places, [2]any{f.File, f.Line})
		}
		cases = append(cases, c)
	}
	encoded, err := json.Marshal(cases)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "cases.json"), encoded, 0o600); err != nil {
		return nil, err
	}
	node := exec.Command("node", "peers/run.mjs", folder, fmt.Sprint(each.Milliseconds()), fmt.Sprint(rounds))
	node.Stderr = os.Stderr
	out, err := node.Output()
	if err != nil {
		return nil, fmt.Errorf("node peers/run.mjs: %w", err)
	}
	var results []peerResult
	return results, json.Unmarshal(out, &results)
}
