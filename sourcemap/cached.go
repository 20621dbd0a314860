package sourcemap

import (
	"container/list"
	"context"
	"sync"
	"time"

	"github.com/stacktrace-go/stacktrace"
)

const (
	notFoundFor = time.Minute // how long a negative answer holds
	negative    = 512         // how many bytes one counts for
)

// Cached returns a resolver that keeps the maps that r finds, up to maxBytes of [Map.Size] in all; those that
// were used last stay. That there is no map, or that it cannot be read, is remembered for a minute. Of
// several callers that want the same map at once, one gets it for all; r is not called under a lock.
//
// Maps are kept by the frame's File, and by the release and the debug id of [WithHints]. The resolver has a
// method Size() int64, which tells how many bytes the maps that it keeps take.
func Cached(r Resolver, maxBytes int64) Resolver {
	return &cache{resolver: r, max: maxBytes, entries: map[string]*list.Element{}, now: time.Now}
}

type cache struct {
	resolver Resolver
	max      int64
	now      func() time.Time
	loads    flight[*Map]

	mu      sync.Mutex
	entries map[string]*list.Element // of order
	order   list.List                // of *cached, the one used last first
	size    int64
}

type cached struct {
	key   string
	m     *Map
	err   error
	until time.Time // of an error
	size  int64
}

func (c *cache) Map(ctx context.Context, f stacktrace.Frame) (*Map, error) {
	h := HintsOf(ctx)
	key := f.File + "\x00" + h.Release + "\x00" + h.DebugIDs[f.File]
	if e := c.get(key); e != nil {
		return e.m, e.err
	}
	return c.loads.do(ctx, key, func(ctx context.Context) (*Map, error) {
		m, err := c.resolver.Map(ctx, f)
		if ctx.Err() == nil {
			c.put(key, m, err)
		}
		return m, err
	})
}

// Size returns how many bytes the maps take that are kept.
func (c *cache) Size() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// get returns what is kept of the key. The functions of a map's sources are found when they are needed, so
// that its size is looked at again.
func (c *cache) get(key string) *cached {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.entries[key]
	if at == nil {
		return nil
	}
	e := at.Value.(*cached)
	if e.err != nil && c.now().After(e.until) {
		c.remove(at)
		return nil
	}
	c.order.MoveToFront(at)
	if e.m != nil {
		size := int64(e.m.Size())
		c.size += size - e.size
		e.size = size
		c.shrink()
	}
	return e
}

func (c *cache) put(key string, m *Map, err error) {
	e := &cached{key: key, m: m, err: err, until: c.now().Add(notFoundFor), size: negative + int64(len(key))}
	if m != nil {
		e.size = int64(m.Size())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.entries[key]; old != nil {
		c.remove(old)
	}
	if e.size > c.max {
		return
	}
	c.entries[key] = c.order.PushFront(e)
	c.size += e.size
	c.shrink()
}

// shrink lets go of what was not used for the longest time.
func (c *cache) shrink() {
	for c.size > c.max && c.order.Len() > 0 {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(at *list.Element) {
	e := at.Value.(*cached)
	c.order.Remove(at)
	delete(c.entries, e.key)
	c.size -= e.size
}
