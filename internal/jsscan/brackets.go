package jsscan

import (
	"regexp"
	"strconv"
	"strings"
)

// openBrace reads a brace that opens.
func (s *scanner) openBrace(i int) {
	c := s.top()
	switch {
	case s.prev == atOperand && c.class > 0 && c.kind != inClass:
		s.openClass(i)
	case s.prev == atOperator || s.prev == atDot:
		s.startOperand(i)
		s.push(context{kind: inObject, start: i})
		s.at(i+1, atOperator)
	default:
		if s.prev == atOperand {
			s.endStatement()
		}
		s.push(context{kind: inBlock, start: i})
		s.at(i+1, atStart)
	}
}

// openClass opens the body of the class whose head was read.
func (s *scanner) openClass(i int) {
	c := s.top()
	class := c.class
	c.class = 0
	s.push(context{kind: inClass, start: i, class: class})
	s.at(i+1, atStart)
}

// closeBrace reads a brace that closes.
func (s *scanner) closeBrace(i int) {
	s.endExpressions()
	n, last := len(s.stack)-1, max(0, len(s.stack)-maxUnwound)
	for n > last {
		if k := s.stack[n].kind; k == inBlock || k == inBody || k == inObject || k == inClass || k == inTemplate || k == inBraces {
			break
		}
		n--
	}
	if n == last {
		s.at(i+1, atStart)
		return
	}
	for len(s.stack)-1 > n {
		s.pop()
	}
	s.last = i + 1
	c := s.pop()
	s.at(i+1, atOperand)
	switch c.kind {
	case inBlock:
		s.prev = atStart
	case inBody:
		s.closeBody(c)
	case inClass:
		if s.classes[c.class-1].statement {
			s.prev = atStart
		}
	case inTemplate:
		end, open := s.template(i + 1)
		if s.at(end, atOperand); open {
			s.push(context{kind: inTemplate, start: i})
			s.prev = atOperator
		}
	}
	s.top().operand = none
}

// closeBody goes on behind the body of a function.
func (s *scanner) closeBody(c context) {
	s.funcs[c.fn].Block = true
	t := s.top()
	switch {
	case t.kind == inClass && t.member == memberKey:
		t.member = memberStart
	case t.kind == inObject && t.member == memberKey:
		t.member = memberValue
	default:
		s.prev = c.fnPrev
		if s.prev == atStart {
			s.endStatement()
		}
	}
}

// body reads what is between the parameters of a function and its body: a type, if there is one. A
// function without a body is none.
func (s *scanner) body(params context) {
	i, _ := s.space(s.pos)
	if i < s.end && s.src[i] == ':' {
		i, _ = s.space(s.typeEnd(i + 1))
	}
	if i >= s.end || s.src[i] != '{' {
		s.pos = i
		s.funcs[params.fn].Start, s.funcs[params.fn].End = 0, none
		switch t := s.top(); t.kind {
		case inClass:
			t.member = memberStart
		case inObject:
			t.member = memberValue
		default:
			s.prev = atStart
		}
		return
	}
	s.push(context{kind: inBody, start: i, fn: params.fn, fnPrev: params.fnPrev})
	s.at(i+1, atStart)
}

// begin adds a function that starts at i. It is one only once it has an end.
func (s *scanner) begin(f Func) int {
	s.funcs = append(s.funcs, f)
	return len(s.funcs) - 1
}

// parameters reads the parenthesis before the parameters of a function. It reports false if there is
// none.
func (s *scanner) parameters(i int, f Func, prev prevKind) bool {
	i, _ = s.space(i)
	if i < s.end && s.src[i] == '<' {
		if end, ok := s.angle(i); ok {
			i, _ = s.space(end)
		}
	}
	if i >= s.end || s.src[i] != '(' {
		return false
	}
	fn := s.begin(f)
	if s.nameable && f.Kind == Function {
		s.top().named = fn
	}
	s.push(context{kind: inParams, start: i, fn: fn, fnPrev: prev})
	s.at(i+1, atOperator)
	return true
}

// arrow reads "=>" behind the parameters of an arrow function.
func (s *scanner) arrow(i int) {
	c := s.top()
	if s.prev != atOperand || c.operand == none {
		s.at(i+2, atOperator)
		return
	}
	f := Func{Start: c.operand, Owner: s.owner(), arrow: true}
	if s.is(f.Start, "async") {
		next, _ := s.space(f.Start + len("async"))
		f.Async = next < i && s.ident(f.Start) == f.Start+len("async")
	}
	if c.opName {
		f.Name = s.text(c.target)
	}
	fn := s.begin(f)
	if c.opName {
		c.named = fn
	}
	c.operand = none
	next, _ := s.space(i + 2)
	if next < s.end && s.src[next] == '{' {
		s.push(context{kind: inBody, start: next, fn: fn, fnPrev: atOperand})
		s.at(next+1, atStart)
		return
	}
	s.push(context{kind: inArrow, start: next, fn: fn})
	s.at(i+2, atOperator)
}

// text returns a name. That of a symbol, "[Symbol.iterator]", is without blanks.
func (s *scanner) text(name span) string {
	text := s.src[name.from:name.to]
	if strings.HasPrefix(text, "[") {
		text = "[" + strings.TrimSpace(text[1:len(text)-1]) + "]"
	}
	if strings.Contains(text, `\u`) {
		text = escapes.ReplaceAllStringFunc(text, func(e string) string {
			r, err := strconv.ParseUint(strings.Trim(e[2:], "{}"), 16, 21)
			if err != nil {
				return e
			}
			return string(rune(r))
		})
	}
	return text
}

// escapes are those that an identifier may have.
var escapes = regexp.MustCompile(`\\u(?:[0-9A-Fa-f]{4}|\{[0-9A-Fa-f]{1,6}\})`)

// owner returns the name of the class whose member or field this is in directly; "" if there is none.
func (s *scanner) owner() string {
	if c := s.top(); c.kind == inField && len(s.stack) > 1 {
		if around := s.stack[len(s.stack)-2]; around.kind == inClass {
			return s.classes[around.class-1].name
		}
	}
	return ""
}
