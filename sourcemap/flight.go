package sourcemap

import (
	"context"
	"sync"
)

// flight lets one of several callers that want the same thing get it for all.
type flight[T any] struct {
	mu    sync.Mutex
	calls map[string]*call[T]
}

type call[T any] struct {
	done    chan struct{}
	value   T
	err     error
	waiters int
	cancel  context.CancelFunc
}

// do returns what get returns, which is called once for all who ask for the key meanwhile. A caller whose
// context ends no longer waits; when nobody does, get's context ends too.
func (f *flight[T]) do(ctx context.Context, key string, get func(context.Context) (T, error)) (T, error) {
	f.mu.Lock()
	c := f.calls[key]
	if c == nil {
		c = &call[T]{done: make(chan struct{})}
		if f.calls == nil {
			f.calls = map[string]*call[T]{}
		}
		f.calls[key] = c
		var inner context.Context
		inner, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
		go func() {
			c.value, c.err = get(inner)
			f.forget(key, c)
			c.cancel()
			close(c.done)
		}()
	}
	c.waiters++
	f.mu.Unlock()
	select {
	case <-c.done:
		return c.value, c.err
	case <-ctx.Done():
	}
	f.mu.Lock()
	if c.waiters--; c.waiters == 0 {
		c.cancel()
		if f.calls[key] == c {
			delete(f.calls, key)
		}
	}
	f.mu.Unlock()
	var none T
	return none, ctx.Err()
}

// forget lets the next caller begin anew.
func (f *flight[T]) forget(key string, c *call[T]) {
	f.mu.Lock()
	if f.calls[key] == c {
		delete(f.calls, key)
	}
	f.mu.Unlock()
}
