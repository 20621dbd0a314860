package otelprocessor

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"
)

func loadConfig(t *testing.T, id string) *Config {
	t.Helper()
	file, err := confmaptest.LoadConf(filepath.Join("testdata", "config.yaml"))
	require.NoError(t, err)
	sub, err := file.Sub(id)
	require.NoError(t, err)
	config := createDefaultConfig()
	require.NoError(t, sub.Unmarshal(config))
	return config.(*Config)
}

func TestConfig(t *testing.T) {
	assert.NoError(t, componenttest.CheckConfigStruct(createDefaultConfig()))

	config := loadConfig(t, "js_stacktrace")
	assert.Equal(t, createDefaultConfig(), component.Config(config))
	assert.NoError(t, confmap.Validate(config))

	config = loadConfig(t, "js_stacktrace/all")
	assert.NoError(t, confmap.Validate(config))
	assert.Equal(t, &Config{
		Languages:   []string{"webjs", "nodejs", "python"},
		Attributes:  AttributesConfig{Fingerprint: "error.fingerprint", Engine: "error.engine"},
		Fingerprint: FingerprintConfig{Strength: "loose", CountMessage: "always"},
		Fill:        FillAlways,
		Causes:      true,
		Structured:  StructuredArrays,
		LogBodies: LogBodiesConfig{Enabled: true, Recombine: true, FlushAfter: 500 * time.Millisecond,
			Held: HeldConfig{Records: 5000, Bytes: 8 << 20, Streams: 100}},
		Limits:     LimitsConfig{Bytes: 128 << 10, Line: 8 << 10, Frames: 50, Depth: 4},
		SourceMaps: SourceMapsConfig{Directory: "/maps", Cache: CacheConfig{Bytes: 1 << 30}},
	}, config)
}

// TestConfigErrors checks that everything that is wrong is told at once, each with its key.
func TestConfigErrors(t *testing.T) {
	err := confmap.Validate(loadConfig(t, "js_stacktrace/wrong"))
	require.Error(t, err)
	assert.Equal(t, strings.TrimSpace(`
fingerprint::strength: "strong" is not one of exact, stable, loose
fingerprint::count_message: "never" is not one of auto, always
fill: "yes" is not one of missing, always, never
structured: "json" is not one of none, arrays, maps
languages: "" is no language: leave the list empty to read every one
attributes::fingerprint: "exception.type" is the attribute of exception.type already
attributes::engine: "x" is the attribute of attributes::message_template already
log_bodies::recombine: it needs log_bodies::enabled
log_bodies::flush_after: 0s is not above zero
log_bodies::held::records: 0 is below 1
log_bodies::held::bytes: 0 is below 1
log_bodies::held::streams: 0 is below 1
limits::bytes: 0 is below 1
limits::line: 0 is below 1
limits::frames: 3000000000 is above 2147483647
limits::depth: -1 is below 1
source_maps::cache::bytes: 0 is below 1`), err.Error())
}

func TestSize(t *testing.T) {
	for text, want := range map[string]Size{"0": 0, "12": 12, "12B": 12, "64KiB": 64 << 10, " 2 MiB ": 2 << 20, "1GiB": 1 << 30} {
		var got Size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("UnmarshalText(%q) gives %d, %v, want %d", text, got, err, want)
		}
		written, _ := want.MarshalText()
		var again Size
		if err := again.UnmarshalText(written); err != nil || again != want {
			t.Errorf("%d is written as %q and read as %d, %v", want, written, again, err)
		}
	}
	for _, text := range []string{"", "KiB", "-1", "1.5MiB", "64KB", "1TiB", "9999999999999999999", "9999999999999GiB"} {
		var got Size
		if err := got.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), "KiB, MiB or GiB") {
			t.Errorf("UnmarshalText(%q) gives %d, %v, want an error that tells the units", text, got, err)
		}
	}
}

// TestConfigUnknownKey checks that a key that is none, and a size that is none, are errors that name
// the key.
func TestConfigUnknownKey(t *testing.T) {
	for _, c := range []struct {
		config map[string]any
		want   string
	}{
		{map[string]any{"fingerprints": map[string]any{}}, "fingerprints"},
		{map[string]any{"limits": map[string]any{"bytes": "64KB"}}, "limits.bytes"},
		{map[string]any{"log_bodies": map[string]any{"flush_after": "soon"}}, "log_bodies.flush_after"},
	} {
		err := confmap.NewFromStringMap(c.config).Unmarshal(createDefaultConfig())
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Unmarshal(%v) gives %v, want an error that names %s", c.config, err, c.want)
		}
	}
}
