package normalize

import "github.com/stacktrace-go/stacktrace"

// Explanation tells what one rule did to a part of a trace.
type Explanation struct {
	// Frame is the index of the frame in the trace's Frames, or -1 for the message.
	Frame int `json:"frame"`

	// Rule is the one rule that fired.
	Rule Rule `json:"-"`

	// Name is the rule's name, and Why what it says.
	Name string `json:"rule"`
	Why  string `json:"why"`

	// From is what the trace has, and To what the canonical form has instead: "" for a frame that is
	// left out.
	From string `json:"from"`
	To   string `json:"to"`
}

// Explain returns every rule that fired when [Trace] made t canonical, frame by frame and then the
// message.
func Explain(t *stacktrace.Trace, opts ...Option) []Explanation {
	c := Trace(t, opts...)
	all := make([]Explanation, 0, len(t.Frames)+1) // most frames have one
	explain := func(frame int, rules Rule, from, to string) {
		for rule := Rule(1); rule != 0 && rule <= rules; rule <<= 1 {
			if rules&rule != 0 {
				all = append(all, Explanation{frame, rule, rule.String(), rule.Text(), from, to})
			}
		}
	}
	for i := range c.All {
		f := &c.All[i]
		if rule := f.Dropped.rule(); rule != 0 {
			explain(i, rule, t.Frames[i].String(), "")
			continue
		}
		const ofFile = RuleQuery | RuleOrigin | RuleHash | RuleBundler | RuleEscapes | RuleID | RuleSlashes | RuleSourceURL
		explain(i, f.Rules&^ofFile&^RuleRecursion, t.Frames[i].Func, f.Func)
		explain(i, f.Rules&ofFile, t.Frames[i].File, f.File)
	}
	if c.Message.Text != t.Message {
		rule := RulePlaceholder
		if c.Message.Kind != "" {
			rule = RuleBuiltin
		}
		explain(-1, rule, t.Message, c.Message.Text)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// rule returns the rule that drops frames for that reason.
func (r Reason) rule() Rule {
	switch r {
	case DroppedNative:
		return RuleNative
	case DroppedRuntime:
		return RuleRuntime
	case DroppedAsync:
		return RuleAsync
	case DroppedWrapper:
		return RuleWrapper
	case DroppedConstructor:
		return RuleErrorConstructor
	case DroppedRecursion:
		return RuleRecursion
	}
	return 0
}
