package otelprocessor

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// fingerprints are left out of the golden files: what they are is the business of package normalize.
var fingerprints = regexp.MustCompile(`"st\d+:[0-9a-z]+"`)

// TestGolden checks what becomes of whole batches of each signal and carrier, in the JSON of OTLP. With
// GOLDIE_UPDATE=1 it writes the files anew.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/golden/*.in.json")
	require.NoError(t, err)
	require.Len(t, inputs, 5)
	config := configure(func(c *Config) { c.Causes, c.Structured = true, StructuredArrays })
	for _, input := range inputs {
		name := strings.TrimSuffix(filepath.Base(input), ".in.json")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(input)
			require.NoError(t, err)
			var got []byte
			if strings.HasPrefix(name, "logs") {
				ld, err := new(plog.JSONUnmarshaler).UnmarshalLogs(data)
				require.NoError(t, err)
				got, err = new(plog.JSONMarshaler).MarshalLogs(processLogs(t, config, ld))
				require.NoError(t, err)
			} else {
				td, err := new(ptrace.JSONUnmarshaler).UnmarshalTraces(data)
				require.NoError(t, err)
				got, err = new(ptrace.JSONMarshaler).MarshalTraces(processTraces(t, config, td))
				require.NoError(t, err)
			}
			var indented bytes.Buffer
			require.NoError(t, json.Indent(&indented, got, "", "  "))
			indented.WriteByte('\n')
			text := fingerprints.ReplaceAllString(indented.String(), `"a fingerprint"`)
			golden := filepath.Join("testdata", "golden", name+".json")
			if os.Getenv("GOLDIE_UPDATE") != "" {
				require.NoError(t, os.WriteFile(golden, []byte(text), 0o666))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), text)
		})
	}
}
