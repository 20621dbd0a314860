package formats

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestOrder checks that every row is complete, that no two engines of a family are asked at once, and that the engines of
// traces in which no line decides are asked last.
func TestOrder(t *testing.T) {
	for _, format := range All() {
		if format.append == nil || format.at.read == nil && format.sign.read == nil && format.read == nil || format.sign.read != nil && format.sign.match == nil {
			t.Errorf("the row of %s is not complete", format.name)
		}
	}
	asked := map[string]string{}
	for _, family := range [...]struct {
		name    string
		formats []*Format
		order   func(f *Format) uint8
		last    *Format
	}{
		{`"at "`, atOrder, func(f *Format) uint8 { return f.at.order }, DefaultAt()},
		{`"@"`, signOrder, func(f *Format) uint8 { return f.sign.order }, DefaultSign()},
	} {
		for _, format := range family.formats {
			place := fmt.Sprint(family.name, family.order(format))
			if other := asked[place]; other != "" {
				t.Errorf("%s and %s are asked at once for %s lines", other, format.name, family.name)
			}
			asked[place] = format.name
		}
		if last := family.formats[len(family.formats)-1]; last != family.last {
			t.Errorf("%s is asked last for %s lines, want %s", last.name, family.name, family.last.name)
		}
	}
}

// TestOrdinary checks that no engine alone writes a line that is ordinary, with lines of pieces of all of them.
func TestOrdinary(t *testing.T) {
	ordinary := 0
	eachPiecedLine(200_000, func(line string) {
		var c call
		c.cut(line)
		if !c.isOrdinary() {
			return
		}
		ordinary++
		if format := c.matchAny(); format != nil {
			t.Errorf("%s alone writes %q, which is said to be ordinary", format.name, line)
		}
	})
	if ordinary < 1000 {
		t.Errorf("%d lines were ordinary", ordinary)
	}
}

// eachPiecedLine yields that many lines of pieces of what engines write.
func eachPiecedLine(count int, yield func(line string)) {
	names := strings.Split("f|a.b|get x|Object.<anonymous>|<anonymous>|async f|async Promise.all|new F|Anonymous function|Global code|Function code|eval code|?anon_0_f|[anon]|<eval>|<parse>|<program>|x [as y]|x (as y)|global|async|<js> f|f (a)|eval at f|%entry|new|new new|main|async <anonymous>|a/<|native.f|a.prototype.b|new a.b|new global|a.js:1|12|:3|f [x", "|")
	files := strings.Split("/a.js|http://h/a b.js|(eval)|<input>|<evalScript>|native|unknown|internal/a.js|node:internal/x|InternalBytecode.js|/x/InternalBytecode.js|http://h/i.bundle//&p=1|eval code|Function code|Unknown script code|a.js#1(eval)|(unknown)|<eval>|#11|JavaScript|Unnamed|eval at f (/a.js:1:2), <anonymous>|wasm://w/a:wasm-function[1]|a (1).js|input|1|C:\\a.js|address at a.js|webpack://a|native:5|a.js line 3 > eval|http", "|")
	ends := strings.Split(":1:2|:1:11|:1:0|:1|:0:0|:1:2(3)|", "|")
	random := rand.New(rand.NewPCG(3, 4))
	for range count {
		pick := func(all []string) string { return all[random.IntN(len(all))] }
		line := "at " + pick(names) + " (" + pick(files) + pick(ends) + ")"
		if random.IntN(4) == 0 {
			line = "at " + pick(names) + " " + pick(names) + " (" + pick(files) + " " + pick(files) + pick(ends) + ")"
		}
		if random.IntN(8) == 0 {
			line = "at " + pick(files) + pick(ends)
		}
		yield(line)
	}
}
