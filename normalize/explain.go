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
	n := normalizer{config: c.config}
	all := make([]Explanation, 0, len(t.Frames)+1) // most frames have one
	explain := func(frame int, rules Rule, from, to string) {
		for rule := Rule(1); rule != 0 && rule <= rules; rule <<= 1 {
			if rules&rule != 0 {
				all = append(all, Explanation{frame, rule, rule.String(), rule.Text(), from, to})
			}
		}
	}
	at := 0 // in c.Frames, which are in the order of the trace
	for i, broken := 0, false; i < len(t.Frames); i++ {
		f := &t.Frames[i]
		broken = isBehindBreak(f, broken)
		if at < len(c.Frames) && c.Frames[at].Index == i {
			kept := &c.Frames[at]
			at++
			const ofFile = RuleQuery | RuleOrigin | RuleHash | RuleBundler | RuleEscapes | RuleID | RuleSlashes | RuleSourceURL
			explain(i, kept.Rules&^ofFile&^RuleRecursion, f.Func, kept.Func)
			explain(i, kept.Rules&ofFile, f.File, kept.File)
			continue
		}
		var frame CanonicalFrame
		n.frame(&frame, f)
		rule := RuleRecursion
		switch {
		case f.Native:
			rule = RuleNative
		case frame.Code == Runtime:
			rule = RuleRuntime
		case broken:
			rule = RuleAsync
		case frame.Rules&RuleWrapper != 0:
			rule = RuleWrapper
		case len(c.counted) > 0 && i < c.counted[0].Index:
			rule = RuleErrorConstructor
		}
		explain(i, rule, f.String(), "")
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
