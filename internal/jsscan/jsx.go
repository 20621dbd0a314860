package jsscan

import "strings"

// less reads a < where an expression begins: JSX, or types.
func (s *scanner) less(i int) {
	if s.lang == TS || s.lang == TSX && s.isGeneric(i) {
		if end, ok := s.angle(i); ok {
			async, name, nameable := s.asyncStart, s.asyncName, s.nameable
			s.pos = end
			if s.generics = i; async != none {
				s.asyncStart, s.asyncName = async, name
			}
			s.nameable = nameable
			return
		}
		s.at(i+1, atOperator)
		return
	}
	if i+1 < s.end && (s.src[i+1] == '>' || classes[s.src[i+1]]&isIdent != 0 && !s.isDigit(i+1)) {
		s.startOperand(i)
		s.push(context{kind: inTag, start: i})
		s.at(s.tagName(i+1), atOperator)
		return
	}
	s.at(i+1, atOperator)
}

// isGeneric reports whether the < begins the type parameters of an arrow function, which must not look like
// JSX: "<T,>" or "<T extends".
func (s *scanner) isGeneric(i int) bool {
	at, _ := s.space(i + 1)
	if s.is(at, "const ") {
		at, _ = s.space(at + len("const "))
	}
	end := s.ident(at)
	if end == at {
		return false
	}
	next, _ := s.space(end)
	return next < s.end && (s.src[next] == ',' || s.is(next, "extends "))
}

// tagName returns where the name of a tag ends, and the type arguments behind it.
func (s *scanner) tagName(i int) int {
	for i < s.end && (classes[s.src[i]]&isIdent != 0 || s.src[i] == '.' || s.src[i] == '-' || s.src[i] == ':') {
		i++
	}
	if i < s.end && s.src[i] == '<' && s.lang != JSX {
		if end, ok := s.angle(i); ok {
			return end
		}
	}
	return i
}

// tag reads a piece of a tag that opens.
func (s *scanner) tag() bool {
	i, _ := s.space(s.pos)
	if i >= s.end {
		s.pos = i
		return false
	}
	switch b := s.src[i]; {
	case b == '/' && s.is(i, "/>"):
		s.last = i + 2
		s.pop()
		s.at(i+2, atOperand)
	case b == '>':
		s.top().kind = inChildren
		s.at(i+1, atOperator)
	case b == '{':
		s.at(i+1, atOperator)
		s.push(context{kind: inBraces, start: i})
	case b == '"' || b == '\'':
		n := strings.IndexByte(s.src[i+1:s.end], b)
		if n < 0 {
			n = s.end - i - 2
		}
		s.at(i+n+2, atOperator)
	case b == '<':
		s.push(context{kind: inTag, start: i})
		s.at(s.tagName(i+1), atOperator)
	case b == ')' || b == ']' || b == ';' || b == '}': // no tag after all
		s.pop()
		s.at(i, atOperand)
	default:
		s.at(max(i+1, s.tagName(i)), atOperator)
	}
	return true
}

// children reads what is between two tags, up to the next tag or brace.
func (s *scanner) children() bool {
	n := strings.IndexAny(s.src[s.pos:s.end], "<{")
	if n < 0 {
		s.pos = s.end
		return false
	}
	i := s.pos + n
	if s.src[i] == '{' {
		s.at(i+1, atOperator)
		s.push(context{kind: inBraces, start: i})
		return true
	}
	next, _ := s.space(i + 1)
	if next >= s.end || s.src[next] != '/' {
		s.push(context{kind: inTag, start: i})
		s.at(s.tagName(next), atOperator)
		return true
	}
	end := strings.IndexByte(s.src[next:s.end], '>')
	if end < 0 {
		s.pos = s.end
		return false
	}
	s.last = next + end + 1
	s.pop()
	s.at(next+end+1, atOperand)
	return true
}
