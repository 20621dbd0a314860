package normalize_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stacktrace-go/stacktrace"
	"github.com/stacktrace-go/stacktrace/normalize"
)

// stream makes what a tracker of one shop receives: failures, each of which occurs many times, in browsers
// that write it in three ways, in several releases, from several hosts, with frames of extensions and of trackers'
// wrappers, and with ids in the messages.
type stream struct{ *rand.Rand }

const (
	streamFailures    = 60
	streamOccurrences = 30
)

// failure is one of them: its calls, innermost first, and what it says.
type failure struct {
	calls    []streamCall
	typ      string
	message  string // "%d" and "%s" are an id
	property string // of what is undefined, if the message is the engine's
	minified bool
}

type streamCall struct {
	name string
	file string
	line int
	key  bool // a method's name, which minifiers leave
}

var (
	streamVerbs  = []string{"open", "load", "render", "submit", "validate", "remove", "update", "fetch", "select", "merge"}
	streamNouns  = []string{"Cart", "Order", "Invoice", "Profile", "Address", "Coupon", "Basket", "Payment", "Review", "Wishlist", "Product", "Session"}
	streamThings = []string{"items", "total", "customer", "street", "price", "quantity", "label", "rows", "stock", "variant", "owner", "currency", "region", "locale", "taxRate", "sku"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// failures returns failures that differ in what a person would tell them apart by: their calls, if these have
// names, and what they say.
func (s stream) failures() []failure {
	all := make([]failure, 0, streamFailures)
	seen := make(map[string]bool)
	for len(all) < streamFailures {
		f := failure{minified: len(all)%2 == 0, typ: "Error"}
		noun := pick(s.Rand, streamNouns)
		for range 3 + s.IntN(3) {
			f.calls = append(f.calls, streamCall{pick(s.Rand, streamVerbs) + noun, strings.ToLower(noun), 10 + s.IntN(400), s.IntN(3) == 0})
			noun = pick(s.Rand, streamNouns)
		}
		if s.IntN(2) == 0 {
			f.typ, f.property = "TypeError", pick(s.Rand, streamThings)
		} else {
			f.message = fmt.Sprintf("%s %s of user %%s is not %sd", pick(s.Rand, streamNouns), "%d", pick(s.Rand, streamVerbs))
		}
		key := f.property + f.message
		if seen[key] {
			continue
		}
		seen[key] = true
		all = append(all, f)
	}
	return all
}

// occurrence returns the error as one browser reports it.
func (s stream) occurrence(f *failure) *stacktrace.Trace {
	engine, release := s.IntN(3), s.IntN(3)
	message := f.message
	if f.property != "" {
		object := "e"
		if !f.minified {
			object = "order"
		}
		message = [...]string{
			"Cannot read properties of undefined (reading '" + f.property + "')",
			`can't access property "` + f.property + `", ` + object + " is undefined",
			"undefined is not an object (evaluating '" + object + "." + f.property + "')",
		}[engine]
	} else {
		id := make([]byte, 12)
		for i := range id {
			id[i] = byte(s.Uint32())
		}
		message = fmt.Sprintf(message, 1000+s.IntN(90000), hex.EncodeToString(id))
	}
	hash := hex.EncodeToString([]byte{byte(release), 0xa1, byte(release * 7), 0xf3})
	host := fmt.Sprintf("https://cdn%d.shop.example.com", s.IntN(4))
	var b strings.Builder
	if engine == 0 {
		fmt.Fprintf(&b, "%s: %s\n", f.typ, message)
	}
	line := func(name, url string, line, col int) {
		if engine == 0 {
			fmt.Fprintf(&b, "    at %s (%s:%d:%d)\n", name, url, line, col)
		} else {
			fmt.Fprintf(&b, "%s@%s:%d:%d\n", name, url, line, col+engine)
		}
	}
	for i, c := range f.calls {
		name, url, at, col := c.name, host+"/src/"+c.file+".js?v="+hash, c.line+release*3, 9
		if f.minified {
			url, at, col = host+"/assets/index."+hash+".js", 2, 40_000+c.line*100+release*777
			if !c.key {
				name = string(rune('a'+(c.line+release*5)%26)) + string(rune('a'+(i+release)%26))
			}
		}
		line(name, url, at, col)
		if i == 1 && s.IntN(4) == 0 {
			line("nrWrapper", host+"/", 18, 20_481)
		}
		if i == 0 && s.IntN(5) == 0 {
			line("HTMLButtonElement.sentryWrapped"[s.IntN(2)*18:], host+"/assets/index."+hash+".js", 2, 900)
		}
	}
	if s.IntN(4) == 0 {
		line("run", "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb/content.js", 3, 400+s.IntN(90))
	}
	return stacktrace.ParseReport(stacktrace.Report{Name: f.typ, Message: message, Stack: b.String()})
}

// TestStream checks that a tracker's stream falls into as many groups as there are failures.
func TestStream(t *testing.T) {
	s := stream{rand.New(rand.NewPCG(7, 8))}
	groups := make(map[string]map[int]int) // of a fingerprint, how often each failure is in it
	sizes := make(map[int]int)
	for i, f := range s.failures() {
		for range streamOccurrences {
			key := normalize.Fingerprint(s.occurrence(&f), normalize.Stable)
			if groups[key] == nil {
				groups[key] = make(map[int]int)
			}
			groups[key][i]++
			sizes[i]++
		}
	}
	var all pairCounts
	pairs := func(n int) int { return n * (n - 1) / 2 }
	for _, group := range groups {
		total, right := 0, 0
		for _, n := range group {
			total += n
			right += pairs(n)
		}
		all.right += right
		all.merged += pairs(total) - right
	}
	for _, n := range sizes {
		all.split += pairs(n)
	}
	all.split -= all.right
	t.Logf("%d failures, %d occurrences each: %d groups, precision %.3f, recall %.3f, F1 %.3f", streamFailures, streamOccurrences, len(groups), all.precision(), all.recall(), all.f1())
	if all.f1() < 0.9 || len(groups) < streamFailures*8/10 || len(groups) > streamFailures*12/10 {
		t.Error("the stream misses a figure")
	}
}
