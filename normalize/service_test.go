package normalize_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// The frames that a Node service prints of errors that others throw: all of them are the runtime's or a
// package's, but for the callers that wait.
const (
	socketFrames = "\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n    at TCPConnectWrap.callbackTrampoline (node:internal/async_hooks:130:17)"
	axiosFrames  = "\n    at settle (/srv/app/node_modules/axios/lib/core/settle.js:19:12)\n    at IncomingMessage.handleStreamEnd (/srv/app/node_modules/axios/lib/adapters/http.js:599:11)\n    at IncomingMessage.emit (node:events:529:35)\n    at Axios.request (/srv/app/node_modules/axios/lib/core/Axios.js:45:41)"
	pgFrames     = "\n    at /srv/app/node_modules/pg-pool/index.js:45:11\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)"
)

// TestService checks that errors of a service's own are told apart by who waits for them and by what the
// system, the database or the other server said, and by nothing else.
func TestService(t *testing.T) {
	from := func(caller string, line int) string {
		return fmt.Sprintf("\n    at async %s (/srv/app/src/%s.js:%d:20)\n    at async handle (/srv/app/src/server.js:30:5)", caller, caller, line)
	}
	for _, test := range []struct {
		name string
		a, b string
		same bool
	}{
		{"two codes", "Error: connect ECONNREFUSED 10.0.0.1:5432" + socketFrames, "Error: connect ETIMEDOUT 10.0.0.1:5432" + socketFrames, false},
		{"one code, two addresses", "Error: connect ECONNREFUSED 10.0.0.1:5432" + socketFrames, "Error: connect ECONNREFUSED ::1:5433" + socketFrames, true},
		{"two calls", "Error: read ECONNRESET" + socketFrames, "Error: write ECONNRESET" + socketFrames, false},
		{"axios, two callers", "AxiosError: Request failed with status code 404" + axiosFrames + from("loadUser", 12), "AxiosError: Request failed with status code 404" + axiosFrames + from("loadCart", 40), false},
		{"axios, one caller, two ids", "AxiosError: Request failed with status code 404: /users/12" + axiosFrames + from("loadUser", 12), "AxiosError: Request failed with status code 404: /users/99" + axiosFrames + from("loadUser", 12), true},
		{"axios, one caller, two statuses", "AxiosError: Request failed with status code 404" + axiosFrames + from("loadUser", 12), "AxiosError: Request failed with status code 500" + axiosFrames + from("loadUser", 12), false},
		{"pg, two callers", `error: duplicate key value violates unique constraint "users_email_key"` + pgFrames + from("addUser", 7), `error: duplicate key value violates unique constraint "users_email_key"` + pgFrames + from("importUsers", 70), false},
		{"pg, one caller", `error: invalid input syntax for type integer: "12a"` + pgFrames + from("findUser", 7), `error: invalid input syntax for type integer: "x"` + pgFrames + from("findUser", 7), true},
		{"an extension's frames beside", "Error: x\n    at f (https://h/a.js:9:5)\n    at run (chrome-extension://abcdefghijklmnop/content.js:3:4)", "Error: x\n    at f (https://h/a.js:9:5)", true},
		{"a tracker's wrapper beside", "Error: x\n    at f (https://h/a.js:9:5)\n    at HTMLButtonElement.nrWrapper (https://h/:18:20481)", "Error: x\n    at f (https://h/a.js:9:5)", true},
		{"two extensions", "Error: x\n    at f (chrome-extension://abcdefghijklmnop/content.js:3:4)", "Error: x\n    at g (chrome-extension://abcdefghijklmnop/other.js:3:4)", false},
	} {
		a, b := stacktrace.Parse(test.a), stacktrace.Parse(test.b)
		for _, s := range []normalize.Strength{normalize.Exact, normalize.Stable} {
			if same := normalize.Fingerprint(a, s) == normalize.Fingerprint(b, s); same != test.same {
				t.Errorf("%s: one %v fingerprint: %v, want %v", test.name, s, same, test.same)
			}
		}
	}
}

// TestRecursionNeedsThree checks that two calls of one function, or a method and the one that it overrides, are
// no recursion: what called them counts.
func TestRecursionNeedsThree(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b string
		same bool
	}{
		{"two calls", "Error: x\n    at walk (/a.js:3:4)\n    at walk (/a.js:5:6)\n    at list (/a.js:20:1)", "Error: x\n    at walk (/a.js:3:4)\n    at walk (/a.js:5:6)\n    at tree (/a.js:30:1)", false},
		{"methods that call super", "Error: x\n    at C.save (/a.js:3:4)\n    at B.save (/a.js:13:4)\n    at A.save (/a.js:23:4)\n    at list (/a.js:50:1)", "Error: x\n    at C.save (/a.js:3:4)\n    at B.save (/a.js:13:4)\n    at A.save (/a.js:23:4)\n    at tree (/a.js:60:1)", false},
		{"a recursion", "Error: x\n    at walk (/a.js:3:4)\n    at walk (/a.js:5:6)\n    at walk (/a.js:5:6)\n    at list (/a.js:20:1)", "Error: x\n    at walk (/a.js:3:4)\n    at walk (/a.js:5:6)\n    at walk (/a.js:5:6)\n    at walk (/a.js:5:6)\n    at tree (/a.js:30:1)", true},
	} {
		a, b := stacktrace.Parse(test.a), stacktrace.Parse(test.b)
		if same := normalize.Fingerprint(a, normalize.Stable) == normalize.Fingerprint(b, normalize.Stable); same != test.same {
			t.Errorf("%s: one fingerprint: %v, want %v", test.name, same, test.same)
		}
	}
}

func TestMinified(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []bool
	}{
		{"wide columns", "Error: x\n    at e (https://h/index.js:9:54854)\n    at removeItem (https://h/index.js:9:51221)\n    at Xe (https://h/index.js:9:56162)", []bool{true, false, true}},
		{"a bundle's hash", "Error: x\n    at e (https://h/worker-BzG-hrHj.js:1:32)", []bool{true}},
		{"a worker's two functions in one line", "Error: x\n    at e (https://h/worker.js:1:12)\n    at t (https://h/worker.js:1:70)", []bool{true, true}},
		{"React Native", "Error: x\n    at p (address at index.android.bundle:1:1082033)\n    at onPress (address at index.android.bundle:1:99)", []bool{true, false}},
		{"an obfuscator's names", "Error: x\n    at _0x1f2e3d (https://h/a.js:90:12)", []bool{true}},
		{"short names of hand-written code", "Error: x\n    at f (https://h/src/a.js:12:5)\n    at at (https://h/src/a.js:90:12)\n    at run (/srv/a.js:3:8)", []bool{false, false, false}},
		{"words of three letters", "Error: x\n    at run (https://h/index.js:9:54854)\n    at Map.get (https://h/index.js:9:51221)", []bool{false, false}},
	} {
		for i, f := range normalize.Trace(stacktrace.Parse(test.text)).Frames {
			if f.Minified != test.want[i] {
				t.Errorf("%s: the name %s is minified: %v, want %v", test.name, f.Func, f.Minified, test.want[i])
			}
		}
	}
}

// TestCountOptions checks what the options add to a fingerprint, and that frames beyond MaxFrames do not count.
func TestCountOptions(t *testing.T) {
	a := stacktrace.Parse("Error: save failed\n    at save (/a.js:3:4) {\n  [cause]: Error: disk is full\n      at write (/b.js:5:6)\n}")
	b := stacktrace.Parse("Error: save failed\n    at save (/a.js:3:4) {\n  [cause]: Error: connection is closed\n      at send (/c.js:7:8)\n}")
	if a.Cause == nil || b.Cause == nil {
		t.Fatal("no cause")
	}
	if normalize.Fingerprint(a, normalize.Stable) != normalize.Fingerprint(b, normalize.Stable) {
		t.Error("causes count without CountCause")
	}
	if normalize.Fingerprint(a, normalize.Stable, normalize.CountCause()) == normalize.Fingerprint(b, normalize.Stable, normalize.CountCause()) {
		t.Error("causes do not count with CountCause")
	}
	c := stacktrace.Parse("Error: x\n    at f (/a.js:3:4)\n    at g (/a.js:5:6)\n    at h (/a.js:7:8)")
	d := stacktrace.Parse("Error: x\n    at f (/a.js:3:4)\n    at g (/a.js:5:6)\n    at main (/a.js:9:8)")
	if normalize.Fingerprint(c, normalize.Exact) == normalize.Fingerprint(d, normalize.Exact) {
		t.Error("the third frame does not count")
	}
	for _, s := range []normalize.Strength{normalize.Exact, normalize.Stable, normalize.Loose} {
		if normalize.Fingerprint(c, s, normalize.MaxFrames(2)) != normalize.Fingerprint(d, s, normalize.MaxFrames(2)) {
			t.Errorf("%v: the third frame counts with MaxFrames(2)", s)
		}
	}
}

// TestCanonical checks what a canonical trace tells beside its frames.
func TestCanonical(t *testing.T) {
	c := normalize.Trace(stacktrace.Parse("TypeError: Cannot read properties of undefined (reading 'items')\n    at Array.map (<anonymous>)\n    at openCart (https://h/src/cart.js:3:18)\n    at async main (https://h/src/main.js:9:1)"))
	if c.Type != "TypeError" || c.Title() != "TypeError: undefined or null has no property" || c.Culprit() != "openCart (cart.js)" || c.Message.Param("property") != "items" {
		t.Errorf("the trace is %q, %q, %q, %q", c.Type, c.Title(), c.Culprit(), c.Message.Params)
	}
	var dropped []normalize.Reason
	for _, f := range c.All {
		dropped = append(dropped, f.Dropped)
	}
	if want := []normalize.Reason{normalize.DroppedNative, "", normalize.DroppedAsync}; !slices.Equal(dropped, want) {
		t.Errorf("frames are dropped for %q, want %q", dropped, want)
	}
}
