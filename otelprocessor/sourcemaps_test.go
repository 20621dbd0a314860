package otelprocessor

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/stacktrace-go/stacktrace/internal/corpus"
	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadatatest"
)

const (
	minifiedStack = "TypeError: x\n    at a (https://shop.example.com/app.js:1:1)\n    at b (https://shop.example.com/app.js:1:11)\n    at c (https://cdn.example.com/other.js:1:5)"
	// Line 1 of app.js: column 1 is line 3 of src/cart.js, column 11 line 6.
	appMap = `{"version":3,"sources":["src/cart.js"],"sourcesContent":["// the cart\nexport function total(items) {\n  return items.x;\n}\nexport function checkout() {\n  total();\n}\n"],"names":[],"mappings":"AAES,UAGP"}`
)

// mapped is the default configuration with the maps of a folder.
func mapped(t *testing.T, changes ...func(*Config)) *Config {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "app.js.map"), []byte(appMap), 0o666))
	return configure(append([]func(*Config){func(c *Config) { c.SourceMaps.Directory = folder }}, changes...)...)
}

func TestSourceMaps(t *testing.T) {
	mappedStack := "TypeError: x\n    at total (src/cart.js:3:10)\n    at checkout (src/cart.js:6:3)\n    at c (https://cdn.example.com/other.js:1:5)"
	for name, c := range map[string]struct {
		body  any
		attrs map[string]any
		want  map[string]any // of the stack, its original and the place
	}{
		"an attribute": {attrs: map[string]any{attrStack: minifiedStack},
			want: map[string]any{attrStack: mappedStack, attrOriginal: minifiedStack, attrFunction: "total", attrFile: "src/cart.js", attrLine: int64(3), attrColumn: int64(10)}},
		"a body": {body: minifiedStack,
			want: map[string]any{attrStack: mappedStack, attrFunction: "total", attrFile: "src/cart.js", attrLine: int64(3), attrColumn: int64(10)}},
		"mapped before": {attrs: map[string]any{attrStack: minifiedStack, attrOriginal: "the original"},
			want: map[string]any{attrStack: minifiedStack, attrOriginal: "the original", attrFunction: "a", attrFile: "https://shop.example.com/app.js", attrLine: int64(1), attrColumn: int64(1)}},
		"no map": {attrs: map[string]any{attrStack: strings.ReplaceAll(minifiedStack, "app.js", "none.js")},
			want: map[string]any{attrStack: strings.ReplaceAll(minifiedStack, "app.js", "none.js"), attrFunction: "a", attrFile: "https://shop.example.com/none.js", attrLine: int64(1), attrColumn: int64(1)}},
	} {
		t.Run(name, func(t *testing.T) {
			config := mapped(t, func(c *Config) { c.Attributes, c.Fill = AttributesConfig{}, FillNever })
			record := firstRecord(processLogs(t, config, logOf(t, "", c.body, c.attrs)))
			assert.Equal(t, c.want, record.Attributes().AsRaw())
			if text, ok := c.body.(string); ok {
				assert.Equal(t, text, record.Body().Str())
			}
		})
	}
}

// TestSourceMapMetrics checks what is counted, and that the pipelines of one configuration share the maps.
func TestSourceMapMetrics(t *testing.T) {
	set, telemetry := settings(t)
	config := mapped(t)
	factory := NewFactory()
	logs, err := factory.CreateLogs(context.Background(), set, config, consumertest.NewNop())
	require.NoError(t, err)
	traces, err := factory.CreateTraces(context.Background(), set, config, consumertest.NewNop())
	require.NoError(t, err)
	require.NoError(t, logs.ConsumeLogs(context.Background(), logOf(t, "", nil, map[string]any{attrStack: minifiedStack})))
	require.NoError(t, traces.ConsumeTraces(context.Background(), spanOf(t, "", nil, map[string]any{attrStack: minifiedStack})))
	count := func(result string, n int64) metricdata.DataPoint[int64] {
		return metricdata.DataPoint[int64]{Attributes: attribute.NewSet(attribute.String("result", result)), Value: n}
	}
	metadatatest.AssertEqualProcessorJsStacktraceSourceMapLookups(t, telemetry,
		[]metricdata.DataPoint[int64]{count("mapped", 4), count("no_map", 2)}, metricdatatest.IgnoreTimestamp())
	bytes, err := telemetry.GetMetric("otelcol_processor_js_stacktrace_source_map_cache_bytes")
	require.NoError(t, err)
	points := bytes.Data.(metricdata.Gauge[int64]).DataPoints
	require.Len(t, points, 1)
	assert.Greater(t, points[0].Value, int64(len(appMap)))
	assert.Less(t, points[0].Value, int64(64<<10))
	require.NoError(t, logs.Shutdown(context.Background()))
	require.NoError(t, traces.Shutdown(context.Background()))
}

func TestSourceMapDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	for directory, want := range map[string]string{"/no/such/folder": "source_maps::directory: ", file: "source_maps::directory: " + file + " is no directory"} {
		set, _ := settings(t)
		_, err := NewFactory().CreateLogs(context.Background(), set, configure(func(c *Config) { c.SourceMaps.Directory = directory }), consumertest.NewNop())
		assert.ErrorContains(t, err, want)
	}
}

// TestDeploys checks the stacks of real builds: minified by two bundlers, of two deploys, in three browsers. What
// is one failure has one fingerprint for nearly all, and no two failures have the same, but for functions of one
// name in one file, which only the message tells apart.
func TestDeploys(t *testing.T) {
	type deployed struct {
		Tool, Version, Engine, Failure string
		Name, Message, Text            string
	}
	all, err := corpus.Read[deployed]("../sourcemap/testdata/deploys/stacks.jsonl.gz")
	if _, isMissing := err.(*fs.PathError); isMissing {
		t.Skipf("the stacks are in the repository, not in the module: %v", err)
	}
	require.NoError(t, err)
	ld := plog.NewLogs()
	for _, d := range all {
		rl := ld.ResourceLogs().AppendEmpty()
		rl.Resource().Attributes().PutStr(attrLanguage, "webjs")
		rl.Resource().Attributes().PutStr(attrVersion, d.Tool+"-"+d.Version)
		attrs := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Attributes()
		attrs.PutStr(attrType, d.Name)
		attrs.PutStr(attrMessage, d.Message)
		attrs.PutStr(attrStack, d.Text)
	}
	out := processLogs(t, configure(func(c *Config) { c.SourceMaps.Directory = "../sourcemap/testdata/deploys" }), ld)
	failures := make(map[string]map[string]int) // by failure, how often it has each fingerprint
	owner := make(map[string]string)            // of a fingerprint
	for i, d := range all {
		attrs := out.ResourceLogs().At(i).ScopeLogs().At(0).LogRecords().At(0).Attributes()
		original := textOf(attrs, attrOriginal)
		if original != "" && original != d.Text {
			t.Errorf("%v: the original is %s", d, original)
		}
		if original == "" && textOf(attrs, attrStack) != d.Text {
			t.Errorf("%v: the stack is %s", d, textOf(attrs, attrStack))
		}
		f, failure := textOf(attrs, "exception.fingerprint"), d.Tool+" "+d.Failure
		if failures[failure] == nil {
			failures[failure] = make(map[string]int)
		}
		failures[failure][f]++
		if other := owner[f]; other != "" && other != d.Failure && !strings.HasPrefix(d.Failure, "same-name") {
			t.Errorf("%s and %s have one fingerprint", other, d.Failure)
		}
		owner[f] = d.Failure
	}
	equal := 0
	for failure, byFingerprint := range failures {
		most := 0
		for _, n := range byFingerprint {
			most = max(most, n)
		}
		equal += most
		if len(byFingerprint) > 1 {
			t.Logf("%s has %d fingerprints: %v", failure, len(byFingerprint), byFingerprint)
		}
	}
	if equal < len(all)*9/10 {
		t.Errorf("%d of %d stacks have the fingerprint of most of their failure", equal, len(all))
	}
	t.Logf("%d of %d stacks have the fingerprint of most of their failure", equal, len(all))
}
