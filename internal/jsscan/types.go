package jsscan

// typeWords are the words before a type, and between types.
func isTypePrefix(word string) bool {
	switch word {
	case "keyof", "typeof", "unique", "readonly", "infer", "new", "abstract", "asserts":
		return true
	}
	return false
}

// typeEnd returns where the type ends that stands from i on: behind its last token. A type is followed by what
// cannot be part of one: an equals sign, a comma, a body, an arrow, a closing bracket, a new line. It is one switch
// over the kinds of tokens, since each of them asks for what was before.
func (s *scanner) typeEnd(i int) int {
	end, want, conditions, extends := i, true, 0, false
	for {
		at, newline := s.space(i)
		if at >= s.end {
			return end
		}
		c := s.src[at]
		switch {
		case c == '{' || c == '(' || c == '[':
			switch {
			case want:
				i = s.balanced(at)
				want = false
				if next, _ := s.space(i); c == '(' && s.is(next, "=>") {
					i, want = next+2, true
				}
			case c == '[' && !newline:
				i = s.balanced(at)
			default:
				return end
			}
		case c == '<':
			next, ok := s.angle(at)
			if !ok {
				return end
			}
			i = next
		case c == '|' || c == '&':
			if i, want = at+1, true; i < s.end && (s.src[i] == c || s.src[i] == '=') {
				return end
			}
		case c == '.' && !want:
			i, want = at+1, true
		case c == '?' && (want || extends):
			if !want {
				conditions++
			}
			i, want = at+1, true
		case c == ':' && conditions > 0 && !want:
			conditions--
			i, want = at+1, true
		case c == '"' || c == '\'':
			if !want {
				return end
			}
			i, want = s.quoted(at), false
		case c == '`' && want:
			i, want = s.wholeTemplate(at), false
		case (c == '-' || c == '*') && want:
			i, want = at+1, c == '-'
		case classes[c]&isIdent != 0:
			i = s.ident(at)
			word := s.src[at:i]
			switch {
			case i == at:
				return end
			case !want && (word == "extends" || word == "is"):
				want, extends = true, extends || word == "extends"
			case !want:
				return end
			case isTypePrefix(word) && s.typeFollows(i):
			default:
				want = false
			}
		default:
			return end
		}
		end = i
	}
}

// is reports whether text stands at i.
func (s *scanner) is(i int, text string) bool {
	return i+len(text) <= s.end && s.src[i:i+len(text)] == text
}

// typeFollows reports whether a type may begin behind i: the word before it is a prefix, not a type.
func (s *scanner) typeFollows(i int) bool {
	at, _ := s.space(i)
	if at >= s.end {
		return false
	}
	switch c := s.src[at]; c {
	case '{', '(', '[', '"', '\'', '`', '<':
		return true
	default:
		return classes[c]&isIdent != 0
	}
}

// maxAngle is how far the end of type arguments is looked for.
const maxAngle = 400

// angle returns where the type arguments or parameters end that begin with the < at i. It reports
// false if it is no such list: there is no > that closes it nearby.
func (s *scanner) angle(i int) (int, bool) {
	limit := min(s.end, i+maxAngle)
	depth := 0
	for i < limit {
		switch c := s.src[i]; c {
		case '<':
			depth++
		case '>':
			if s.src[i-1] != '=' {
				if depth--; depth == 0 {
					return i + 1, true
				}
			}
		case '(', '[', '{':
			next := s.balancedWithin(i, limit)
			if next < 0 {
				return 0, false
			}
			i = next
			continue
		case ')', ']', '}', ';':
			return 0, false
		case '"', '\'':
			i = s.quoted(i)
			continue
		case '`':
			i = s.wholeTemplateWithin(i, limit)
			continue
		case '/':
			next, _ := s.space(i)
			if next == i {
				return 0, false
			}
			i = next
			continue
		case '+', '%', '^', '~', '!', '@':
			return 0, false
		case '&', '|':
			if s.src[i+1:limit] != "" && s.src[i+1] == c {
				return 0, false
			}
		}
		i++
	}
	return 0, false
}

// balancedWithin is balanced, which looks no further than limit; -1 if the bracket does not close.
func (s *scanner) balancedWithin(i, limit int) int {
	end := s.end
	s.end = limit
	next := s.balanced(i)
	s.end = end
	if next >= limit {
		return -1
	}
	return next
}

func (s *scanner) wholeTemplateWithin(i, limit int) int {
	end := s.end
	s.end = limit
	next := s.wholeTemplate(i)
	s.end = end
	return next
}
