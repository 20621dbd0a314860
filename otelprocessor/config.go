package otelprocessor

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
)

// Config is the configuration of the processor.
type Config struct {
	// Languages are the values of the resource attribute telemetry.sdk.language whose resources are
	// read. A resource without that attribute is read too. None means every language.
	Languages []string `mapstructure:"languages"`

	// Attributes are the names of the attributes that the processor adds.
	Attributes AttributesConfig `mapstructure:"attributes"`

	// Fingerprint tells what a fingerprint counts.
	Fingerprint FingerprintConfig `mapstructure:"fingerprint"`

	// Fill tells when exception.type and exception.message are written.
	Fill Fill `mapstructure:"fill"`

	// CodeAttributes adds code.function.name, code.file.path, code.line.number and code.column.number
	// of the culprit: the innermost call of the application's own code.
	CodeAttributes bool `mapstructure:"code_attributes"`

	// Causes adds exception.cause.type and exception.cause.message of the error that caused the error.
	Causes bool `mapstructure:"causes"`

	// Structured adds the frames as attributes that are no text.
	Structured Structured `mapstructure:"structured"`

	// LogBodies tells what is done with the bodies of log records.
	LogBodies LogBodiesConfig `mapstructure:"log_bodies"`

	// Limits bound what is read of one stack.
	Limits LimitsConfig `mapstructure:"limits"`

	// SourceMaps tells where source maps are. Without a directory none are used.
	SourceMaps SourceMapsConfig `mapstructure:"source_maps"`

	_ struct{}
}

// AttributesConfig has the names of attributes. "" leaves one out.
type AttributesConfig struct {
	Fingerprint     string `mapstructure:"fingerprint"`
	MessageTemplate string `mapstructure:"message_template"`
	Engine          string `mapstructure:"engine"`

	_ struct{}
}

// FingerprintConfig tells what a fingerprint counts, see package normalize.
type FingerprintConfig struct {
	// Strength is exact, stable or loose.
	Strength string `mapstructure:"strength"`

	// CountMessage is auto, where the message counts if no frame does, or always.
	CountMessage string `mapstructure:"count_message"`

	_ struct{}
}

// LogBodiesConfig tells what is done with the bodies of log records.
type LogBodiesConfig struct {
	// Enabled reads bodies. Without it only attributes are.
	Enabled bool `mapstructure:"enabled"`

	// Recombine makes one record of records that together are a trace.
	Recombine bool `mapstructure:"recombine"`

	// FlushAfter is how long a record is held for a trace of which it may be a part.
	FlushAfter time.Duration `mapstructure:"flush_after"`

	// Held bounds the records that are held at once.
	Held HeldConfig `mapstructure:"held"`

	_ struct{}
}

// HeldConfig bounds the records that are held at once, of all streams together. Where more would be
// held, the streams that have waited longest are taken to be complete.
type HeldConfig struct {
	Records int  `mapstructure:"records"`
	Bytes   Size `mapstructure:"bytes"`
	Streams int  `mapstructure:"streams"`

	_ struct{}
}

// LimitsConfig bounds what is read of one stack, see stacktrace.Parser.
type LimitsConfig struct {
	Bytes  Size `mapstructure:"bytes"`
	Line   Size `mapstructure:"line"`
	Frames int  `mapstructure:"frames"`
	Depth  int  `mapstructure:"depth"`

	_ struct{}
}

// SourceMapsConfig tells where source maps are.
type SourceMapsConfig struct {
	// Directory is searched for maps, with the folders in it. "" uses no source maps.
	Directory string `mapstructure:"directory"`

	// Cache bounds the memory that maps take.
	Cache CacheConfig `mapstructure:"cache"`

	_ struct{}
}

// CacheConfig bounds the memory that source maps take.
type CacheConfig struct {
	Bytes Size `mapstructure:"bytes"`

	_ struct{}
}

// Fill tells when the type and the message that were read are written.
type Fill string

const (
	FillMissing Fill = "missing" // where the attribute is not there
	FillAlways  Fill = "always"  // also where it is there, which is kept with the suffix ".original"
	FillNever   Fill = "never"
)

// Structured is a form of the frames as attributes.
type Structured string

const (
	StructuredNone   Structured = "none"
	StructuredArrays Structured = "arrays" // four parallel arrays: columns, functions, lines, urls
	StructuredMaps   Structured = "maps"   // one array of maps
)

// Size is a number of bytes, written as a number or with a unit: 65536, 64KiB, 256MiB, 1GiB.
type Size int64

var units = []struct {
	suffix string
	bytes  int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"B", 1}, {"", 1}}

// UnmarshalText reads a size.
func (s *Size) UnmarshalText(text []byte) error {
	trimmed := strings.TrimSpace(string(text))
	for _, unit := range units {
		digits, ok := strings.CutSuffix(trimmed, unit.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/unit.bytes {
			break
		}
		*s = Size(n * unit.bytes)
		return nil
	}
	return fmt.Errorf("%q is no size: write a number of bytes, or a number with B, KiB, MiB or GiB", text)
}

// MarshalText writes a size with the largest unit that leaves a whole number.
func (s Size) MarshalText() ([]byte, error) {
	for _, unit := range []int{2, 1, 0} {
		if n := units[unit].bytes; s >= Size(n) && int64(s)%n == 0 {
			return fmt.Appendf(nil, "%d%s", int64(s)/n, units[unit].suffix), nil
		}
	}
	return fmt.Appendf(nil, "%dB", int64(s)), nil
}

var (
	_ component.Config  = (*Config)(nil)
	_ confmap.Validator = (*Config)(nil)
)

func createDefaultConfig() component.Config {
	return &Config{
		Languages: []string{"webjs", "nodejs"},
		Attributes: AttributesConfig{
			Fingerprint:     "exception.fingerprint",
			MessageTemplate: "exception.message.template",
			Engine:          "exception.engine",
		},
		Fingerprint:    FingerprintConfig{Strength: "stable", CountMessage: "auto"},
		Fill:           FillMissing,
		CodeAttributes: true,
		Structured:     StructuredNone,
		LogBodies: LogBodiesConfig{
			Enabled:    true,
			FlushAfter: 2 * time.Second,
			Held:       HeldConfig{Records: 10_000, Bytes: 16 << 20, Streams: 256},
		},
		Limits:     LimitsConfig{Bytes: 64 << 10, Line: 4 << 10, Frames: 100, Depth: 8},
		SourceMaps: SourceMapsConfig{Cache: CacheConfig{Bytes: 256 << 20}},
	}
}

// Validate returns what is wrong with the configuration, each with the key that it is about.
func (c *Config) Validate() error {
	return errors.Join(
		oneOf("fingerprint::strength", c.Fingerprint.Strength, "exact", "stable", "loose"),
		oneOf("fingerprint::count_message", c.Fingerprint.CountMessage, "auto", "always"),
		oneOf("fill", string(c.Fill), string(FillMissing), string(FillAlways), string(FillNever)),
		oneOf("structured", string(c.Structured), string(StructuredNone), string(StructuredArrays), string(StructuredMaps)),
		c.validateLanguages(),
		c.Attributes.validate(),
		c.LogBodies.validate(),
		within("limits::bytes", int64(c.Limits.Bytes)),
		within("limits::line", int64(c.Limits.Line)),
		within("limits::frames", int64(c.Limits.Frames)),
		within("limits::depth", int64(c.Limits.Depth)),
		atLeast("source_maps::cache::bytes", int64(c.SourceMaps.Cache.Bytes), 1),
	)
}

func (c *Config) validateLanguages() error {
	if slices.Contains(c.Languages, "") {
		return errors.New(`languages: "" is no language: leave the list empty to read every one`)
	}
	return nil
}

// validate makes sure that no attribute is written twice.
func (c *AttributesConfig) validate() error {
	names := map[string]string{
		attrType: "exception.type", attrMessage: "exception.message", attrStack: "exception.stacktrace", attrOriginal: "the original stack",
		attrCount: "the number of errors", attrFunction: "code_attributes", attrFile: "code_attributes", attrLine: "code_attributes", attrColumn: "code_attributes",
		attrCauseType: "causes", attrCauseMessage: "causes",
	}
	var errs []error
	for _, a := range []struct{ key, name string }{
		{"attributes::fingerprint", c.Fingerprint},
		{"attributes::message_template", c.MessageTemplate},
		{"attributes::engine", c.Engine},
	} {
		if a.name == "" {
			continue
		}
		if other := names[a.name]; other != "" {
			errs = append(errs, fmt.Errorf("%s: %q is the attribute of %s already", a.key, a.name, other))
			continue
		}
		names[a.name] = a.key
	}
	return errors.Join(errs...)
}

func (c *LogBodiesConfig) validate() error {
	var enabled, flush error
	if c.Recombine && !c.Enabled {
		enabled = errors.New("log_bodies::recombine: it needs log_bodies::enabled")
	}
	if c.FlushAfter <= 0 {
		flush = fmt.Errorf("log_bodies::flush_after: %v is not above zero", c.FlushAfter)
	}
	return errors.Join(
		enabled,
		flush,
		atLeast("log_bodies::held::records", int64(c.Held.Records), 1),
		atLeast("log_bodies::held::bytes", int64(c.Held.Bytes), 1),
		atLeast("log_bodies::held::streams", int64(c.Held.Streams), 1),
	)
}

func oneOf(key, value string, values ...string) error {
	if slices.Contains(values, value) {
		return nil
	}
	return fmt.Errorf("%s: %q is not one of %s", key, value, strings.Join(values, ", "))
}

// within checks a limit, which has to be an int on machines with 32 bits too.
func within(key string, value int64) error {
	if value > math.MaxInt32 {
		return fmt.Errorf("%s: %d is above %d", key, value, math.MaxInt32)
	}
	return atLeast(key, value, 1)
}

func atLeast(key string, value, least int64) error {
	if value >= least {
		return nil
	}
	return fmt.Errorf("%s: %d is below %d", key, value, least)
}
