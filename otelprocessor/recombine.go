package otelprocessor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/metric"
	"go.uber.org/zap"

	"github.com/stacktrace-go/stacktrace/logscan"
)

const (
	// patience is how many times LogBodiesConfig.FlushAfter a record is held at most, for a trace of
	// which more keeps coming.
	patience = 8

	// recordOverhead is what a record that is held takes besides its own size.
	recordOverhead = 512

	// farewell is how long a consumer that refuses is asked again when the processor shuts down.
	farewell = 5 * time.Second
)

// recombiner makes one record of log records that together are a trace. A record that may be a part of
// one is held until it is known, or for the time that is configured. What it has accepted, it passes on:
// what the next consumer refuses is offered again, and until that is accepted no more is.
type recombiner struct {
	config *Config
	reader *reader
	next   processor.Logs // it annotates what it is given
	log    *zap.Logger

	turn    chan struct{} // held by who changes what follows
	streams map[string]*stream
	waiting []released // what is ready for next, in its order
	count   int        // records that are held in streams
	bytes   int64      // and what they take
	key     []byte     // room for the key of a stream
	isDown  bool

	held atomic.Int64 // count and waiting, for the metric
	stop func()       // ends the timer
	over chan struct{}
	done sync.WaitGroup
}

func newRecombiner(config *Config, r *reader, next processor.Logs, log *zap.Logger) (*recombiner, error) {
	c := &recombiner{config: config, reader: r, next: next, log: log,
		turn: make(chan struct{}, 1), streams: make(map[string]*stream), over: make(chan struct{})}
	c.stop = sync.OnceFunc(func() { close(c.over) })
	err := r.telemetry.RegisterProcessorJsStacktraceHeldRecordsCallback(func(_ context.Context, o metric.Int64Observer) error {
		o.Observe(c.held.Load())
		return nil
	})
	return c, err
}

// Capabilities implements consumer.Logs. Records are moved out of what is consumed.
func (c *recombiner) Capabilities() consumer.Capabilities { return capabilities }

// Start implements component.Component.
func (c *recombiner) Start(ctx context.Context, host component.Host) error {
	if err := c.next.Start(ctx, host); err != nil {
		return err
	}
	c.done.Go(func() {
		ticker := time.NewTicker(max(c.config.LogBodies.FlushAfter/2, time.Millisecond))
		defer ticker.Stop()
		for {
			select {
			case now := <-ticker.C:
				c.flush(now)
			case <-c.over:
				return
			}
		}
	})
	return nil
}

// Shutdown implements component.Component. It passes on everything that is held. It returns an error if
// the next consumer does not take it.
func (c *recombiner) Shutdown(ctx context.Context) error {
	c.stop()
	c.done.Wait()
	if err := c.lock(ctx); err != nil {
		return err
	}
	defer c.unlock()
	c.isDown = true
	c.settle(func(*stream) bool { return true })
	patient, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := c.deliver(patient)
		if err == nil {
			return c.next.Shutdown(ctx)
		}
		select {
		case <-time.After(wait):
		case <-patient.Done():
			return errors.Join(fmt.Errorf("%d log records that were held are lost: %w", len(c.waiting), err), c.next.Shutdown(ctx))
		}
	}
}

func (c *recombiner) lock(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *recombiner) unlock() {
	c.held.Store(int64(c.count + len(c.waiting)))
	<-c.turn
}

// ConsumeLogs implements consumer.Logs. An error means that nothing of ld was accepted, so a sender can
// try again.
func (c *recombiner) ConsumeLogs(ctx context.Context, ld plog.Logs) error {
	if err := c.lock(ctx); err != nil {
		return err
	}
	defer c.unlock()
	if c.isDown {
		return errors.New("js_stacktrace is shut down")
	}
	if err := c.deliver(ctx); err != nil {
		return err
	}
	now := time.Now()
	for _, rl := range ld.ResourceLogs().All() {
		isRead, _ := c.reader.language(rl.Resource())
		for _, sl := range rl.ScopeLogs().All() {
			o := newOrigin(rl, sl)
			if !isRead {
				for _, record := range sl.LogRecords().All() {
					c.waiting = append(c.waiting, released{o, moved(record)})
				}
				continue
			}
			base := o.appendKey(c.key[:0])
			for _, record := range sl.LogRecords().All() {
				c.key = appendOutput(base, record.Attributes())
				c.push(o, c.key, moved(record), now)
			}
		}
	}
	if err := c.deliver(ctx); err != nil {
		// The records are this processor's now, and are offered again.
		c.log.Debug("the next consumer refuses log records, which are offered again", zap.Error(err), zap.Int("records", len(c.waiting)))
	}
	return nil
}

func moved(record plog.LogRecord) plog.LogRecord {
	m := plog.NewLogRecord()
	record.MoveTo(m)
	return m
}

// push adds a record to its stream, and makes those ready that are decided.
func (c *recombiner) push(o *origin, key []byte, record plog.LogRecord, now time.Time) {
	s := c.streams[string(key)]
	if s == nil {
		for len(c.streams) >= c.config.LogBodies.Held.Streams {
			c.settleOldest()
		}
		s = &stream{key: string(key), origin: o, options: logscan.Options{MaxTrace: int(c.config.Limits.Bytes)}}
		c.streams[s.key] = s
	}
	e := &entry{record: record, came: now, isText: c.isText(record)}
	e.size = new(plog.ProtoMarshaler).LogRecordSize(record) + recordOverhead
	if id := record.TraceID(); e.isText && !id.IsEmpty() {
		span := record.SpanID()
		e.trace = string(append(id[:], span[:]...))
	}
	c.count++
	c.bytes += int64(e.size)
	s.push(e)
	c.release(s, s.take())
	for c.count > c.config.LogBodies.Held.Records || c.bytes > int64(c.config.LogBodies.Held.Bytes) {
		c.settleOldest()
	}
}

// isText reports whether the body of a record may be a part of a trace.
func (c *recombiner) isText(record plog.LogRecord) bool {
	if record.Body().Type() != pcommon.ValueTypeStr {
		return false
	}
	_, hasStack := record.Attributes().Get(attrStack)
	return !hasStack
}

// settleOldest takes the stream whose first record has waited longest to be complete.
func (c *recombiner) settleOldest() {
	var oldest *stream
	for _, s := range c.streams {
		if oldest == nil || s.began().Before(oldest.began()) {
			oldest = s
		}
	}
	c.settle(func(s *stream) bool { return s == oldest })
}

// settle takes streams to be complete.
func (c *recombiner) settle(which func(*stream) bool) {
	for _, s := range c.inOrder() {
		if which(s) {
			delete(c.streams, s.key)
			c.release(s, s.close())
		}
	}
}

// inOrder returns the streams, that whose first record came first before the others.
func (c *recombiner) inOrder() []*stream {
	all := make([]*stream, 0, len(c.streams))
	for _, s := range c.streams {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *stream) int { return cmp.Or(a.began().Compare(b.began()), strings.Compare(a.key, b.key)) })
	return all
}

// flush makes ready what was held for long enough, and passes it on.
func (c *recombiner) flush(now time.Time) {
	after := c.config.LogBodies.FlushAfter
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if c.lock(ctx) != nil {
		return
	}
	defer c.unlock()
	before := now.Add(-after)
	for _, s := range c.inOrder() {
		switch {
		case !s.last.After(before):
			delete(c.streams, s.key)
			c.release(s, s.close())
		case !s.began().After(before):
			c.release(s, s.expire(before, now.Add(-patience*after)))
		}
	}
	if err := c.deliver(ctx); err != nil {
		c.log.Debug("the next consumer refuses log records, which are offered again", zap.Error(err), zap.Int("records", len(c.waiting)))
	}
}

// release makes entries of a stream ready for the next consumer.
func (c *recombiner) release(s *stream, entries []*entry) {
	var parts int64
	for _, e := range entries {
		c.count--
		c.bytes -= int64(e.size)
		if e.whole != nil {
			parts++
			continue
		}
		e.recombine()
		c.waiting = append(c.waiting, released{s.origin, e.record})
	}
	if parts > 0 {
		c.reader.telemetry.ProcessorJsStacktraceRecombinedRecords.Add(context.Background(), parts)
	}
}

// recombine adds to the record what its parts say. It keeps its own times and attributes, and has the
// highest severity of all.
func (e *entry) recombine() {
	if len(e.parts) == 0 {
		return
	}
	slices.SortFunc(e.parts, func(a, b *entry) int { return cmp.Compare(a.start, b.start) })
	var text strings.Builder
	last := e.record.Body().Str()
	text.WriteString(last)
	for _, part := range e.parts {
		if !strings.HasSuffix(last, "\n") {
			text.WriteByte('\n')
		}
		last = part.record.Body().Str()
		text.WriteString(last)
		if severity := part.record.SeverityNumber(); severity > e.record.SeverityNumber() {
			e.record.SetSeverityNumber(severity)
			e.record.SetSeverityText(part.record.SeverityText())
		}
	}
	e.record.Body().SetStr(text.String())
}

// deliver passes on what is ready. What the next consumer refuses with an error that is not permanent stays
// ready, and is part of the next delivery.
func (c *recombiner) deliver(ctx context.Context) error {
	if len(c.waiting) == 0 {
		return nil
	}
	err := c.next.ConsumeLogs(ctx, c.batch())
	if err != nil && !consumererror.IsPermanent(err) {
		return err
	}
	if err != nil {
		c.log.Error("the next consumer refuses log records for good, which are dropped", zap.Error(err), zap.Int("records", len(c.waiting)))
	}
	clear(c.waiting)
	c.waiting = c.waiting[:0]
	return nil
}

// batch returns copies of what is ready, since a consumer may change what it is given even where it
// refuses it.
func (c *recombiner) batch() plog.Logs {
	ld := plog.NewLogs()
	records := make(map[*origin]plog.LogRecordSlice)
	for _, w := range c.waiting {
		to, ok := records[w.origin]
		if !ok {
			rl := ld.ResourceLogs().AppendEmpty()
			w.origin.resource.CopyTo(rl.Resource())
			rl.SetSchemaUrl(w.origin.resourceSchema)
			sl := rl.ScopeLogs().AppendEmpty()
			w.origin.scope.CopyTo(sl.Scope())
			sl.SetSchemaUrl(w.origin.scopeSchema)
			to = sl.LogRecords()
			records[w.origin] = to
		}
		w.record.CopyTo(to.AppendEmpty())
	}
	return ld
}

// began returns when the first record that is held came.
func (s *stream) began() time.Time {
	if len(s.entries) == 0 {
		return s.last
	}
	return s.entries[0].came
}

// appendKey appends what tells an origin from all others.
func (o *origin) appendKey(b []byte) []byte {
	b = appendText(b, o.resourceSchema)
	b = appendMap(b, o.resource.Attributes())
	b = appendText(b, o.scopeSchema)
	b = appendText(b, o.scope.Name())
	b = appendText(b, o.scope.Version())
	return appendMap(b, o.scope.Attributes())
}

// appendOutput appends what attributes tell of the output of a program that a record was read from. Their
// order does not count.
func appendOutput(b []byte, attrs pcommon.Map) []byte {
	var output [3]string
	for key, v := range attrs.All() {
		switch key {
		case "log.iostream":
			output[0] = v.AsString()
		case "log.file.path":
			output[1] = v.AsString()
		case "log.file.name":
			output[2] = v.AsString()
		}
	}
	for _, text := range output {
		b = appendText(b, text)
	}
	return b
}

// appendMap appends attributes, whose order does not count.
func appendMap(b []byte, m pcommon.Map) []byte {
	keys := make([]string, 0, m.Len())
	for key := range m.All() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		v, _ := m.Get(key)
		b = append(appendText(b, key), byte(v.Type()))
		b = appendText(b, v.AsString())
	}
	return appendText(b, "")
}

// appendText appends a text so that no other texts give the same bytes.
func appendText(b []byte, s string) []byte {
	for n := len(s); ; n >>= 7 {
		if n < 0x80 {
			return append(append(b, byte(n)), s...)
		}
		b = append(b, byte(n)|0x80)
	}
}
