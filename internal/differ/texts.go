package main

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/attack"
	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// attackSize is about how long the texts of package attack are made: long enough for what they repeat
// to matter.
const attackSize = 600

// writeTexts writes all texts, of the captures only every nth. The same call always writes the same.
func writeTexts(w io.Writer, root string, every int) error {
	for _, write := range []func(add func(name, text string) error) error{
		func(add func(name, text string) error) error { return captures(root, every, add) },
		func(add func(name, text string) error) error { return files(root, add) },
		attacks,
	} {
		err := write(func(name, text string) error { return writeRecord(w, name, text) })
		if err != nil {
			return err
		}
	}
	return nil
}

// writeRecord writes a text as the programs in dump read it.
func writeRecord(w io.Writer, name, text string) error {
	b := binary.AppendUvarint(nil, uint64(len(name)))
	b = append(b, name...)
	b = binary.AppendUvarint(b, uint64(len(text)))
	b = append(b, text...)
	_, err := w.Write(b)
	return err
}

// byteReader is what records are read from.
type byteReader interface {
	io.Reader
	io.ByteReader
}

// readRecord reads what writeRecord wrote. It returns io.EOF behind the last one.
func readRecord(r byteReader) (name, text string, err error) {
	if name, err = readString(r); err != nil {
		return "", "", err
	}
	text, err = readString(r)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return name, text, err
}

func readString(r byteReader) (string, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return "", err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return string(b), err
}

// captures adds every nth capture: as it is, with each of the changes and in each of the wrappings.
func captures(root string, every int, add func(name, text string) error) error {
	for _, name := range []string{"traces", "cross"} {
		all, err := corpus.Read[struct{ ID, Config, Scenario, Text string }](filepath.Join(root, "testdata", "captures", name+".jsonl.gz"))
		if err != nil {
			return err
		}
		for i := 0; i < len(all); i += every {
			c := all[i]
			id := fmt.Sprintf("%s %d %s", name, i, cmp.Or(c.ID, c.Config+":"+c.Scenario))
			if err := variations(id, uint64(i), c.Text, add); err != nil {
				return err
			}
		}
	}
	return nil
}

// variations adds text, and all that is made of it. Seed is that of the changes that are made at random
// places.
func variations(name string, seed uint64, text string, add func(name, text string) error) error {
	if err := add(name, text); err != nil {
		return err
	}
	for i, change := range changes {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		if err := add(name+", "+change.name, change.make(random, text)); err != nil {
			return err
		}
	}
	for _, wrapping := range laws.Wrappings {
		if err := add(name+", "+wrapping.Name+", "+wrapping.What, wrapping.Wrap(text)); err != nil {
			return err
		}
	}
	return nil
}

// changes are what happens to texts on their way through logs and hands.
var changes = []struct {
	name string
	make func(random *rand.Rand, text string) string
}{
	{"a line dropped", ofLines(func(random *rand.Rand, lines []string) []string {
		i := random.IntN(len(lines))
		return slices.Delete(lines, i, i+1)
	})},
	{"a line doubled", ofLines(func(random *rand.Rand, lines []string) []string {
		i := random.IntN(len(lines))
		return slices.Insert(lines, i, lines[i])
	})},
	{"a line moved", ofLines(func(random *rand.Rand, lines []string) []string {
		i := random.IntN(len(lines))
		line := lines[i]
		lines = slices.Delete(lines, i, i+1)
		return slices.Insert(lines, random.IntN(len(lines)+1), line)
	})},
	{"a line joined with the next", ofLines(func(random *rand.Rand, lines []string) []string {
		if len(lines) < 2 {
			return lines
		}
		i := random.IntN(len(lines) - 1)
		return slices.Replace(lines, i, i+2, lines[i]+" "+strings.TrimSpace(lines[i+1]))
	})},
	{"a line cut", ofLines(func(random *rand.Rand, lines []string) []string {
		i := random.IntN(len(lines))
		lines[i] = lines[i][:random.IntN(len(lines[i])+1)]
		return lines
	})},
	{"cut off", func(random *rand.Rand, text string) string { return text[:random.IntN(len(text)+1)] }},
	{"coloured, with CRLF", ofLines(func(_ *rand.Rand, lines []string) []string {
		for i, line := range lines {
			if line != "" {
				lines[i] = "\x1b[90m" + line + "\x1b[39m"
			}
			lines[i] += "\r"
		}
		return lines
	})},
	{"a prefix that not all lines have", ofLines(func(random *rand.Rand, lines []string) []string {
		without := random.IntN(len(lines))
		for i := range lines {
			if i != without {
				lines[i] = fmt.Sprintf("2026-11-21T10:00:%02dZ [app] ", i%60) + lines[i]
			}
		}
		return lines
	})},
	{"a separator put in", ofLines(func(random *rand.Rand, lines []string) []string {
		separator := separators[random.IntN(len(separators))]
		return slices.Insert(lines, random.IntN(len(lines)+1), separator)
	})},
}

// separators are lines that stand between frames.
var separators = []string{
	"From previous event:",
	"---------------------------------------------",
	"    ... skipping 51 frames",
	"    ... 5 lines matching cause stack trace ...",
	"      repeats 278 times",
	"    at ____________________Elapsed_5_ms__At__Sat_Nov_21 (http://localhost)",
	"Caused by: Error: y",
	"",
	"other text",
}

// ofLines returns a change of a text that changes its lines, of which there is at least one.
func ofLines(change func(random *rand.Rand, lines []string) []string) func(*rand.Rand, string) string {
	return func(random *rand.Rand, text string) string {
		return strings.Join(change(random, strings.Split(text, "\n")), "\n")
	}
}

// files adds the whole traces and the logs of testdata.
func files(root string, add func(name, text string) error) error {
	for _, folder := range []string{"traces", "logs"} {
		err := filepath.WalkDir(filepath.Join(root, "testdata", folder), func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			return add(filepath.ToSlash(file), string(text))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// attacks adds the texts of package attack, alone and in each of their places.
func attacks(add func(name, text string) error) error {
	for _, a := range attack.All() {
		text := a.Text(attackSize)
		for _, place := range attack.Places() {
			if err := add("attack "+a.Name+", "+place.Name, place.Put(text)); err != nil {
				return err
			}
		}
	}
	return nil
}
