package stacktrace_test

import (
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/internal/laws"
)

// TestRunners checks that every failure is read of what test runners print, with the test's title as its label. Those
// of Jest, Vitest, Mocha, Jasmine and Node are from runs of one file of tests; the others are as their documentation
// shows them.
func TestRunners(t *testing.T) {
	for name, want := range map[string][]string{
		"jest": {
			"[Cart › adds items] TypeError: x is not a function: boom Object.boom",
			"[Cart › sums] : expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1: Object.toBe",
			"[Cart › deep › waits] RangeError: late\nsecond line: Object.<anonymous>",
		},
		"vitest": {
			"[vi/a.test.mjs > Cart > adds items] TypeError: x is not a function: boom ",
			"[vi/a.test.mjs > Cart > sums] AssertionError: expected 1 to be 2 // Object.is equality: ",
			"[vi/a.test.mjs > Cart > deep > waits] RangeError: late\nsecond line: ; cause Error: inner",
		},
		"mocha": {
			"[adds items] TypeError: x is not a function: boom Context.<anonymous> process.processImmediate",
			"[sums] AssertionError: Expected values to be strictly equal:\n\n1 !== 2: Context.<anonymous> process.processImmediate",
			"[waits] RangeError: late\nsecond line: Context.<anonymous>",
		},
		"jasmine": {
			"[Cart deep waits] RangeError: late\nsecond line: UserContext.<anonymous>",
			"[Cart adds items] TypeError: x is not a function: boom UserContext.<anonymous>",
			"[Cart sums] AssertionError: Expected values to be strictly equal:\n\n1 !== 2: UserContext.<anonymous>",
		},
		"node": {
			"[adds items] TypeError: x is not a function: boom TestContext.<anonymous> Test.runInAsyncScope Test.run Test.start   Promise SafePromise ",
			"[sums] AssertionError: Expected values to be strictly equal:\n\n1 !== 2: TestContext.<anonymous> Test.runInAsyncScope Test.run Suite.processPendingSubtests Test.postRun Test.run Promise.all Suite.run Test.processPendingSubtests",
			"[waits] RangeError: late\nsecond line: TestContext.<anonymous> Test.run Promise.all Suite.run Suite.processPendingSubtests",
		},
		"playwright": {
			"[[chromium] › cart.spec.ts:5:7 › Cart › adds items] Error: expect(locator).toBeVisible() failed\n\nLocator: locator('.cart')\nExpected: visible: ",
			"[[chromium] › cart.spec.ts:9:7 › Cart › sums] TypeError: x is not a function: boom ",
		},
		"karma": {
			"[Cart adds items] TypeError: x is not a function: boom UserContext.<anonymous>",
			"[Cart sums] Error: Expected 1 to be 2.: UserContext.<anonymous>",
		},
		"cypress": {
			"[adds items] AssertionError: Timed out retrying after 4000ms: Expected to find element: `.cart`, but never found it.: Context.eval",
		},
	} {
		text := readFile(t, "testdata/runners/"+name+".txt")
		var got []string
		for _, e := range stacktrace.ParseAll(text) {
			var names []string
			for _, f := range e.Frames {
				names = append(names, f.Func)
			}
			line := "[" + e.Label + "] " + e.Type + ": " + e.Message + ": " + strings.Join(names, " ")
			if e.Cause != nil {
				line += "; cause " + e.Cause.Type + ": " + e.Cause.Message
			}
			got = append(got, line)
		}
		if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
			t.Errorf("%s: ParseAll =\n%s\nwant\n%s", name, g, w)
		}
		for law, check := range map[string]func(string) error{
			"nothing invented": laws.Invented, "round trip": laws.RoundTrip, "one answer": laws.OneAnswer,
		} {
			if err := check(text); err != nil {
				t.Errorf("%s: %s: %v", name, law, err)
			}
		}
	}
}
