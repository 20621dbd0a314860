package formats

import (
	"slices"
	"testing"
)

// TestOrder checks that every engine that writes lines of a family is asked for them once.
func TestOrder(t *testing.T) {
	for _, format := range All() {
		for name, family := range map[string]struct {
			writes bool
			order  []Engine
		}{
			`"at "`: {format.at.read != nil, atOrder[:]},
			`"@"`:   {format.sign.read != nil, signOrder[:]},
		} {
			asked := 0
			for _, engine := range family.order {
				if engine == format.engine {
					asked++
				}
			}
			if asked > 1 || family.writes != slices.Contains(family.order, format.engine) {
				t.Errorf("%s is asked %d times for %s lines", format.name, asked, name)
			}
		}
		if format.append == nil || format.at.read == nil && format.sign.read == nil && format.read == nil || format.sign.read != nil && format.sign.match == nil {
			t.Errorf("the row of %s is not complete", format.name)
		}
	}
}
