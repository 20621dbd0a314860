package otelprocessor

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
	"github.com/stacktrace-go/stacktrace/otelprocessor/internal/metadata"
)

const (
	chromeStack = "TypeError: Cannot read properties of undefined (reading 'price')\n" +
		"    at Shop.total (https://shop.example.com/assets/cart.js:41:22)\n" +
		"    at Array.map (<anonymous>)\n" +
		"    at checkout (https://shop.example.com/assets/cart.js:88:9)"
	firefoxStack = "total@https://shop.example.com/assets/cart.js:41:15\n" +
		"checkout@https://shop.example.com/assets/cart.js:88:5\n"
	nodeText = "Error: connect ECONNREFUSED 127.0.0.1:5432\n" +
		"    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)\n" +
		"    at load (/srv/shop/db.js:12:3)"
	javaStack = "java.lang.IllegalStateException: closed\n\tat com.example.Shop.total(Shop.java:41)\n\tat com.example.Main.main(Main.java:8)"
)

// configure returns the default configuration with changes.
func configure(changes ...func(*Config)) *Config {
	config := createDefaultConfig().(*Config)
	for _, change := range changes {
		change(config)
	}
	return config
}

func settings(t testing.TB) (processor.Settings, *componenttest.Telemetry) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	set := processortest.NewNopSettings(metadata.Type)
	set.TelemetrySettings = telemetry.NewTelemetrySettings()
	return set, telemetry
}

// processLogs returns what a processor makes of ld.
func processLogs(t testing.TB, config *Config, ld plog.Logs) plog.Logs {
	t.Helper()
	sink := new(consumertest.LogsSink)
	set, _ := settings(t)
	p, err := NewFactory().CreateLogs(context.Background(), set, config, sink)
	require.NoError(t, err)
	require.NoError(t, p.Start(context.Background(), componenttest.NewNopHost()))
	require.NoError(t, p.ConsumeLogs(context.Background(), ld))
	require.NoError(t, p.Shutdown(context.Background()))
	out := plog.NewLogs()
	for _, got := range sink.AllLogs() {
		got.ResourceLogs().MoveAndAppendTo(out.ResourceLogs())
	}
	return out
}

func processTraces(t testing.TB, config *Config, td ptrace.Traces) ptrace.Traces {
	t.Helper()
	sink := new(consumertest.TracesSink)
	set, _ := settings(t)
	p, err := NewFactory().CreateTraces(context.Background(), set, config, sink)
	require.NoError(t, err)
	require.NoError(t, p.Start(context.Background(), componenttest.NewNopHost()))
	require.NoError(t, p.ConsumeTraces(context.Background(), td))
	require.NoError(t, p.Shutdown(context.Background()))
	require.Len(t, sink.AllTraces(), 1)
	return sink.AllTraces()[0]
}

// logOf returns logs of one record, whose resource is of a language.
func logOf(t testing.TB, language string, body any, attrs map[string]any) plog.Logs {
	t.Helper()
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	if language != "" {
		rl.Resource().Attributes().PutStr(attrLanguage, language)
	}
	record := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	require.NoError(t, record.Body().FromRaw(body))
	require.NoError(t, record.Attributes().FromRaw(attrs))
	return ld
}

func firstRecord(ld plog.Logs) plog.LogRecord {
	return ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
}

// spanOf returns a span with attributes and an event with attributes.
func spanOf(t testing.TB, language string, attrs, event map[string]any) ptrace.Traces {
	t.Helper()
	td := ptrace.NewTraces()
	rs := td.ResourceSpans().AppendEmpty()
	if language != "" {
		rs.Resource().Attributes().PutStr(attrLanguage, language)
	}
	span := rs.ScopeSpans().AppendEmpty().Spans().AppendEmpty()
	require.NoError(t, span.Attributes().FromRaw(attrs))
	require.NoError(t, span.Events().AppendEmpty().Attributes().FromRaw(event))
	return td
}

func firstSpan(td ptrace.Traces) ptrace.Span {
	return td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
}

func fingerprint(text string) string {
	return normalize.Fingerprint(stacktrace.Parse(text), normalize.Stable)
}

// chrome is what is added to a record with chromeStack.
func chrome(more map[string]any) map[string]any {
	all := map[string]any{
		"exception.fingerprint":      fingerprint(chromeStack),
		"exception.message.template": normalize.Message("TypeError", "Cannot read properties of undefined (reading 'price')").Text,
		"exception.engine":           "v8",
		"exception.type":             "TypeError",
		"exception.message":          "Cannot read properties of undefined (reading 'price')",
		"code.function.name":         "Shop.total",
		"code.file.path":             "https://shop.example.com/assets/cart.js",
		"code.line.number":           int64(41),
		"code.column.number":         int64(22),
	}
	maps.Copy(all, more)
	return all
}

func TestLogRecord(t *testing.T) {
	stack := map[string]any{"exception.stacktrace": chromeStack}
	for name, c := range map[string]struct {
		language string
		body     any
		attrs    map[string]any
		change   func(*Config)
		added    map[string]any
	}{
		"attributes":             {language: "webjs", attrs: stack, added: chrome(nil)},
		"attributes, no body":    {attrs: stack, change: func(c *Config) { c.LogBodies.Enabled = false }, added: chrome(nil)},
		"no language":            {attrs: stack, added: chrome(nil)},
		"another language":       {language: "java", attrs: stack},
		"every language":         {language: "java", attrs: stack, change: func(c *Config) { c.Languages = nil }, added: chrome(nil)},
		"Java without language":  {attrs: map[string]any{"exception.stacktrace": javaStack, "exception.type": "java.lang.IllegalStateException"}},
		"Java in a body":         {body: javaStack},
		"Rust in a body":         {body: "thread 'main' panicked at src/main.rs:4:5:\nboom\n    at src/main.rs:4:5\n    at src/lib.rs:9:1"},
		"text":                   {body: chromeStack, added: chrome(nil)},
		"text behind a label":    {body: "2026-11-29T09:00:00Z ERROR could not add: " + chromeStack, added: chrome(nil)},
		"text, bodies left":      {body: chromeStack, change: func(c *Config) { c.LogBodies.Enabled = false }},
		"JSON":                   {body: `{"level":"error","stack":"` + strings.ReplaceAll(chromeStack, "\n", `\n`) + `"}`, added: chrome(nil)},
		"a line of a trace":      {body: "    at Shop.total (https://shop.example.com/assets/cart.js:41:22)"},
		"prose":                  {body: "the server is at http://localhost:8080 now\nand at 10:00:00 it was not"},
		"an empty body":          {body: ""},
		"no body":                {},
		"a number":               {body: int64(7)},
		"map: stack":             {body: map[string]any{"level": "error", "message": "could not add", "stack": chromeStack}, added: chrome(nil)},
		"map: err.stack":         {body: map[string]any{"err": map[string]any{"type": "TypeError", "message": "Cannot read properties of undefined (reading 'price')", "stack": chromeStack}}, added: chrome(nil)},
		"map: err.stack flat":    {body: map[string]any{"err.stack": chromeStack}, added: chrome(nil)},
		"map: error.stack_trace": {body: map[string]any{"error": map[string]any{"stack_trace": chromeStack}}, added: chrome(nil)},
		"map: ECS flat":          {body: map[string]any{"error.stack_trace": chromeStack, "error.type": "TypeError", "error.message": "Cannot read properties of undefined (reading 'price')"}, added: chrome(nil)},
		"fields as attributes":   {body: "could not add", attrs: map[string]any{"err": map[string]any{"stack": chromeStack}}, added: chrome(nil)},
		"map without a stack":    {body: map[string]any{"message": "hello", "err": "none", "stack": int64(3)}},
		"without frames, known":  {language: "webjs", attrs: map[string]any{"exception.type": "Error", "exception.message": "Script error."}, added: map[string]any{"exception.fingerprint": fingerprint("Error: Script error."), "exception.message.template": normalize.Message("Error", "Script error.").Text}},
		"without frames, else":   {attrs: map[string]any{"exception.type": "Error", "exception.message": "Script error."}},
		"a stack without frames": {attrs: map[string]any{"exception.stacktrace": "no stack"}},
		"no names":               {attrs: stack, change: func(c *Config) { c.Attributes = AttributesConfig{}; c.CodeAttributes = false; c.Fill = FillNever }},
		"other names": {attrs: stack, change: func(c *Config) {
			c.Attributes = AttributesConfig{Fingerprint: "error.hash"}
			c.CodeAttributes, c.Fill = false, FillNever
		}, added: map[string]any{"error.hash": fingerprint(chromeStack)}},
		"exact": {attrs: stack, change: func(c *Config) {
			c.Attributes = AttributesConfig{Fingerprint: "f"}
			c.Fingerprint.Strength = "exact"
			c.CodeAttributes, c.Fill = false, FillNever
		}, added: map[string]any{"f": normalize.Fingerprint(stacktrace.Parse(chromeStack), normalize.Exact)}},
		"counting the message": {attrs: stack, change: func(c *Config) {
			c.Attributes = AttributesConfig{Fingerprint: "f"}
			c.Fingerprint.CountMessage = "always"
			c.CodeAttributes, c.Fill = false, FillNever
		}, added: map[string]any{"f": normalize.Fingerprint(stacktrace.Parse(chromeStack), normalize.Stable, normalize.CountMessage())}},
		"values that are there": {attrs: map[string]any{"exception.stacktrace": chromeStack, "exception.fingerprint": "mine", "exception.type": "Mine", "exception.engine": int64(1), "code.line.number": int64(7)},
			change: func(c *Config) { c.Attributes.MessageTemplate = "" },
			added:  map[string]any{"exception.message": "Cannot read properties of undefined (reading 'price')"}},
		"filled always": {attrs: map[string]any{"exception.stacktrace": chromeStack, "exception.type": "Mine", "exception.message": int64(4)},
			change: func(c *Config) { c.Attributes, c.CodeAttributes, c.Fill = AttributesConfig{}, false, FillAlways },
			added: map[string]any{"exception.type": "TypeError", "exception.type.original": "Mine",
				"exception.message": "Cannot read properties of undefined (reading 'price')", "exception.message.original": int64(4)}},
		"causes": {body: "Error: no order\n    at order (/srv/a.js:1:2)\n    at main (/srv/a.js:9:1) {\n  [cause]: TypeError: no price\n      at price (/srv/b.js:3:4)\n}",
			change: func(c *Config) { c.Attributes, c.CodeAttributes, c.Causes = AttributesConfig{}, false, true },
			added:  map[string]any{"exception.type": "Error", "exception.message": "no order", "exception.cause.type": "TypeError", "exception.cause.message": "no price"}},
		"several errors": {body: chromeStack + "\n\n" + nodeText, added: chrome(map[string]any{"exception.count": int64(2)})},
		"gathered errors": {body: "[AggregateError: All promises were rejected] {\n  [errors]: [\n    TypeError: first\n        at one (/srv/a.js:1:2)\n        at main (/srv/a.js:9:1),\n    RangeError: second\n        at two (/srv/b.js:3:4)\n  ]\n}",
			change: func(c *Config) { c.Attributes = AttributesConfig{Engine: "engine"} },
			added: map[string]any{"exception.type": "AggregateError", "exception.message": "All promises were rejected", "engine": "v8",
				"code.function.name": "one", "code.file.path": "/srv/a.js", "code.line.number": int64(1), "code.column.number": int64(2)}},
		"types that are no strings": {language: "webjs", attrs: map[string]any{"exception.stacktrace": []any{"a"}, "exception.type": map[string]any{"x": int64(1)}, "exception.message": []byte("x")}},
		"arrays": {attrs: stack, change: func(c *Config) {
			c.Attributes, c.CodeAttributes, c.Fill, c.Structured = AttributesConfig{}, false, FillNever, StructuredArrays
		}, added: map[string]any{
			"exception.structured_stacktrace.columns":   []any{int64(22), int64(0), int64(9)},
			"exception.structured_stacktrace.functions": []any{"Shop.total", "Array.map", "checkout"},
			"exception.structured_stacktrace.lines":     []any{int64(41), int64(0), int64(88)},
			"exception.structured_stacktrace.urls":      []any{"https://shop.example.com/assets/cart.js", "", "https://shop.example.com/assets/cart.js"},
		}},
		"maps": {attrs: stack, change: func(c *Config) {
			c.Attributes, c.CodeAttributes, c.Fill, c.Structured = AttributesConfig{}, false, FillNever, StructuredMaps
		}, added: map[string]any{"exception.structured_stacktrace": []any{
			map[string]any{"function": "Shop.total", "url": "https://shop.example.com/assets/cart.js", "line": int64(41), "column": int64(22), "in_app": true},
			map[string]any{"function": "Array.map", "in_app": false},
			map[string]any{"function": "checkout", "url": "https://shop.example.com/assets/cart.js", "line": int64(88), "column": int64(9), "in_app": true},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			config := configure()
			if c.change != nil {
				c.change(config)
			}
			record := firstRecord(processLogs(t, config, logOf(t, c.language, c.body, c.attrs)))
			want := maps.Clone(c.attrs)
			if want == nil {
				want = make(map[string]any)
			}
			maps.Copy(want, c.added)
			assert.Equal(t, want, record.Attributes().AsRaw())
			body := pcommon.NewValueEmpty()
			require.NoError(t, body.FromRaw(c.body))
			assert.Equal(t, body.AsRaw(), record.Body().AsRaw())
		})
	}
}

// TestCulprit checks that the place is that of the application's own code.
func TestCulprit(t *testing.T) {
	record := firstRecord(processLogs(t, configure(), logOf(t, "", nodeText, nil)))
	assert.Equal(t, map[string]any{
		"exception.fingerprint":      fingerprint(nodeText),
		"exception.message.template": normalize.Message("Error", "connect ECONNREFUSED 127.0.0.1:5432").Text,
		"exception.engine":           "v8",
		"exception.type":             "Error",
		"exception.message":          "connect ECONNREFUSED 127.0.0.1:5432",
		"code.function.name":         "load",
		"code.file.path":             "/srv/shop/db.js",
		"code.line.number":           int64(12),
		"code.column.number":         int64(3),
	}, record.Attributes().AsRaw())
}

func TestSpan(t *testing.T) {
	exception := map[string]any{"exception.type": "TypeError", "exception.message": "can't access property \"price\", item is undefined", "exception.stacktrace": firefoxStack}
	td := processTraces(t, configure(), spanOf(t, "webjs", map[string]any{"http.route": "/cart"}, exception))
	assert.Equal(t, map[string]any{"http.route": "/cart"}, firstSpan(td).Attributes().AsRaw())
	want := maps.Clone(exception)
	maps.Copy(want, map[string]any{
		"exception.fingerprint":      fingerprint(chromeStack), // the engines tell one failure
		"exception.message.template": normalize.Message("TypeError", "Cannot read properties of undefined (reading 'price')").Text,
		"exception.engine":           "jsc", // no line is SpiderMonkey's alone
		"code.function.name":         "total",
		"code.file.path":             "https://shop.example.com/assets/cart.js",
		"code.line.number":           int64(41),
		"code.column.number":         int64(15),
	})
	assert.Equal(t, want, firstSpan(td).Events().At(0).Attributes().AsRaw())

	td = processTraces(t, configure(), spanOf(t, "", map[string]any{"exception.stacktrace": chromeStack}, nil))
	assert.Equal(t, chrome(map[string]any{"exception.stacktrace": chromeStack}), firstSpan(td).Attributes().AsRaw())

	td = processTraces(t, configure(), spanOf(t, "python", exception, exception))
	assert.Equal(t, exception, firstSpan(td).Attributes().AsRaw())
	assert.Equal(t, exception, firstSpan(td).Events().At(0).Attributes().AsRaw())
}
