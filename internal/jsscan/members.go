package jsscan

// memberHead reads the beginning of a member of an object or a class, up to its key.
func (s *scanner) memberHead() bool {
	c := s.top()
	i, _ := s.space(s.pos)
	c.key = member{start: i, kind: Method}
	for {
		if i, _ = s.space(i); i >= s.end {
			s.pos = i
			return false
		}
		b := s.src[i]
		switch {
		case b == '}':
			s.closeBrace(i)
			return true
		case b == ',' || b == ';':
			s.at(i+1, atStart)
			return true
		case b == '*':
			i++
			continue
		case b == '[':
			c.member = memberValue
			s.at(i+1, atOperator)
			s.push(context{kind: inBracket, start: i, computed: true})
			return true
		case b == '"' || b == '\'':
			end := s.quoted(i)
			s.key(span{i + 1, max(i+1, end-1)}, end)
			return true
		case b == '@' && c.kind == inClass:
			end := s.decorator(i)
			s.at(end, atOperand)
			if next, _ := s.space(end); next < s.end && s.src[next] == '(' {
				c.member = memberValue
				s.at(next+1, atOperator)
				s.push(context{kind: inParen, start: next, decorate: true})
			}
			return true
		case b == '#' || classes[b]&isIdent != 0:
			end := s.ident(i + 1)
			if b >= '0' && b <= '9' {
				end = s.number(i)
			}
			next, _ := s.space(end)
			if s.modifier(c, s.src[i:end], next) {
				if s.src[next] == '{' {
					s.staticBlock(c, next)
					return true
				}
				i = next
				continue
			}
			s.key(span{i, end}, end)
			return true
		}
		// A spread, or no member at all.
		c.member = memberValue
		s.at(i, atOperator)
		if s.is(i, "...") {
			s.at(i+3, atOperator)
		}
		return true
	}
}

// key ends the head of a member with its key.
func (s *scanner) key(name span, end int) {
	c := s.top()
	c.key.name = name
	c.member = memberKey
	s.at(end, atOperand)
}

// modifier reports whether a word before the key of a member is a modifier: whether what is at next can be
// a key, or the body of a static block. It notes what the modifier says.
func (s *scanner) modifier(c *context, word string, next int) bool {
	if next >= s.end {
		return false
	}
	b := s.src[next]
	isKey := classes[b]&isIdent != 0 || b == '[' || b == '"' || b == '\'' || b == '#' || b == '*'
	switch word {
	case "static":
		if c.kind != inClass || !isKey && b != '{' {
			return false
		}
		c.key.static = true
		return true
	case "get", "set":
		if !isKey || b == '*' {
			return false
		}
		if c.key.kind = Getter; word == "set" {
			c.key.kind = Setter
		}
		return true
	case "async":
		c.key.async = isKey
		return isKey
	case "public", "private", "protected", "readonly", "abstract", "override", "declare", "accessor":
		return c.kind == inClass && isKey && b != '*'
	}
	return false
}

// staticBlock opens a static block of a class.
func (s *scanner) staticBlock(c *context, i int) {
	c.member = memberKey
	fn := s.begin(Func{Name: "<static_initializer>", Owner: s.classes[c.class-1].name, Start: c.key.start, Kind: Static})
	s.push(context{kind: inBody, start: i, fn: fn})
	s.at(i+1, atStart)
}

// afterKey reads what follows the key of a member.
func (s *scanner) afterKey() bool {
	c := s.top()
	i, _ := s.space(s.pos)
	for i < s.end && (s.src[i] == '?' || s.src[i] == '!') {
		i, _ = s.space(i + 1)
	}
	if i >= s.end {
		s.pos = i
		return false
	}
	switch b := s.src[i]; {
	case b == '(' || b == '<':
		if s.parameters(i, s.method(c), atOperand) {
			return true
		}
		c.member = memberValue
		s.at(i+1, atOperator)
	case b == ':' && c.kind == inObject:
		c.member, c.target = memberValue, c.key.name
		s.at(i+1, atOperator)
		s.nameable = c.target != span{}
	case b == ':':
		s.pos = s.typeEnd(i + 1)
		s.last = s.pos
	case b == '=' && !s.is(i, "=>"):
		s.value(c, i)
	case b == ',' || b == ';':
		c.member = memberStart
		s.at(i+1, atStart)
	case b == '}':
		s.closeBrace(i)
	case c.kind == inClass:
		c.member = memberStart
		s.pos = i
	default:
		c.member = memberValue
		s.at(i, atOperand)
	}
	return true
}

// method returns the function that a member is.
func (s *scanner) method(c *context) Func {
	f := Func{Name: s.text(c.key.name), Start: c.key.start, Kind: c.key.kind, Async: c.key.async}
	if c.kind == inClass {
		f.Owner = s.classes[c.class-1].name
		if f.Name == "constructor" && !c.key.static && f.Kind == Method {
			f.Kind, f.Name = Constructor, f.Owner
		}
	}
	return f
}

// value reads the equals sign before the value of a field, or before the default of a pattern.
func (s *scanner) value(c *context, i int) {
	name := c.key.name
	c.member, c.target = memberValue, name
	if c.kind == inClass {
		f := Func{Name: "<instance_members_initializer>", Owner: s.classes[c.class-1].name, Kind: Fields}
		if c.key.static {
			f.Name, f.Kind = "<static_initializer>", Static
		}
		f.Start, _ = s.space(i + 1)
		s.push(context{kind: inField, start: f.Start, fn: s.begin(f), target: name})
	}
	s.at(i+1, atOperator)
	s.nameable = name != span{}
}
