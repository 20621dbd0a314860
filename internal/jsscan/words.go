package jsscan

import "strings"

// word reads an identifier or a keyword.
func (s *scanner) word(i, end int) {
	if s.prev == atDot {
		c := s.top()
		operand, opName := c.operand, c.opName
		c.name = span{i, end}
		s.at(end, atOperand)
		c.operand, c.opName = operand, opName
		return
	}
	word := s.src[i:end]
	if len(word) >= 2 && len(word) <= 10 && s.keyword(i, end, word) {
		return
	}
	s.identifier(i, end)
}

// identifier reads a name.
func (s *scanner) identifier(i, end int) {
	s.startOperand(i)
	s.top().name = span{i, end}
	s.at(end, atOperand)
}

// keyword reads a word that is more than a name. It reports false if it is one.
func (s *scanner) keyword(i, end int, word string) bool {
	switch word {
	case "function":
		return s.function(i, end)
	case "class":
		return s.class(i, end)
	case "async":
		return s.async(i, end)
	case "if", "for", "while", "with", "switch", "catch":
		return s.control(i, end)
	case "let", "const", "var", "using":
		return s.declaration(i, end, word)
	case "return", "throw", "typeof", "void", "delete", "new", "case", "await", "yield", "in", "instanceof", "extends", "export", "import":
		statement := s.prev == atStart
		s.at(end, atOperator)
		if word == "case" {
			s.top().inCase = true
		}
		if word == "export" || word == "import" && statement {
			if next, _ := s.space(end); next < s.end && classes[s.src[next]]&isIdent != 0 {
				s.prev = atStart
			}
		}
		return true
	case "else", "do", "try", "finally":
		s.endStatement()
		s.at(end, atStart)
		return true
	case "default":
		return s.defaultWord(i, end)
	case "of":
		if s.prev == atOperand && !s.newline {
			s.at(end, atOperator)
			return true
		}
	case "as", "satisfies":
		if s.lang != JSX && s.prev == atOperand && !s.newline {
			s.pos = s.typeEnd(end)
			s.last = s.pos
			return true
		}
	case "implements":
		if s.top().class > 0 && s.prev == atOperand {
			s.implements(end)
			return true
		}
	case "type", "interface", "enum", "namespace", "module", "declare", "abstract":
		return s.typeStatement(i, end, word)
	}
	return false
}

// function reads the head of a function up to its parameters.
func (s *scanner) function(i, end int) bool {
	f := Func{Start: i}
	nameable := s.nameable
	if s.asyncStart != none {
		f.Start, f.Async, nameable = s.asyncStart, true, s.asyncName
	}
	prev := s.prev
	if prev != atStart {
		prev = atOperand
	}
	at, _ := s.space(end)
	if at < s.end && s.src[at] == '*' {
		at, _ = s.space(at + 1)
	}
	s.nameable = false
	if after := s.ident(at); after > at {
		f.Name = s.src[at:after]
		at = after
	} else if nameable {
		f.Name = s.text(s.top().target)
		s.nameable = true
	}
	if s.parameters(at, f, prev) {
		return true
	}
	s.at(at, atOperand)
	return true
}

// class reads the head of a class up to its name.
func (s *scanner) class(i, end int) bool {
	k := class{start: i, statement: s.prev == atStart || s.prev == atOperand}
	at, _ := s.space(end)
	after := s.ident(at)
	if name := s.src[at:after]; after > at && name != "extends" && name != "implements" {
		k.name = name
		end = after
	} else if s.nameable {
		k.name = s.text(s.top().target)
	}
	s.classes = append(s.classes, k)
	s.at(end, atOperand)
	s.top().class = len(s.classes)
	if at, _ = s.space(end); at < s.end && s.src[at] == '<' {
		if after, ok := s.angle(at); ok {
			s.pos, s.last = after, after
		}
	}
	return true
}

// implements reads the types behind the word.
func (s *scanner) implements(end int) {
	for {
		end = s.typeEnd(end)
		next, _ := s.space(end)
		if next >= s.end || s.src[next] != ',' {
			break
		}
		end = next + 1
	}
	s.pos, s.last = end, end
}

// async reads the word before a function.
func (s *scanner) async(i, end int) bool {
	nameable := s.nameable
	next, newline := s.space(end)
	if newline || next >= s.end || s.prev == atOperand {
		return false
	}
	if b := s.src[next]; b != '(' && b != '<' && classes[b]&isIdent == 0 {
		return false
	}
	if s.is(next, "function") && s.ident(next) == next+len("function") {
		s.at(end, s.prev)
		s.asyncStart, s.asyncName = i, nameable
		return true
	}
	s.startOperand(i)
	s.at(end, atOperator)
	s.asyncStart, s.asyncName = i, nameable
	return true
}

// control reads a word that has a condition, whose parenthesis ends no expression.
func (s *scanner) control(i, end int) bool {
	next, _ := s.space(end)
	if s.is(next, "await") {
		next, _ = s.space(next + len("await"))
	}
	if next >= s.end || s.src[next] != '(' {
		if s.src[i:end] == "catch" && next < s.end && s.src[next] == '{' {
			s.at(end, atStart)
			return true
		}
		return false
	}
	s.endStatement()
	s.push(context{kind: inControl, start: next})
	s.at(next+1, atStart)
	return true
}

// declaration reads let, const and var.
func (s *scanner) declaration(i, end int, word string) bool {
	next, _ := s.space(end)
	if next >= s.end || s.src[next] != '{' && s.src[next] != '[' && classes[s.src[next]]&isIdent == 0 {
		return false
	}
	if s.prev != atStart || word == "using" && s.src[next] == '[' {
		return false
	}
	s.endStatement()
	s.at(end, atOperator)
	s.top().decl = true
	return true
}

// defaultWord reads default, of a switch or an export.
func (s *scanner) defaultWord(i, end int) bool {
	next, _ := s.space(end)
	if next < s.end && s.src[next] == ':' {
		s.endStatement()
		s.at(next+1, atStart)
		return true
	}
	s.endStatement()
	statement := s.is(next, "function") || s.is(next, "class") || s.is(next, "async") || s.is(next, "abstract") || s.is(next, "interface") || s.is(next, "@")
	if s.at(end, atOperator); statement {
		s.prev = atStart
	}
	s.top().target = span{i, end}
	s.nameable = true
	return true
}

// maxHead is how far the body of an interface is looked for.
const maxHead = 4000

// typeStatement reads declarations of TypeScript and Flow that hold types only. The words are names
// elsewhere.
func (s *scanner) typeStatement(i, end int, word string) bool {
	if s.prev != atStart {
		return false
	}
	next, newline := s.space(end)
	after := s.ident(next)
	if newline || after == next || s.src[next] >= '0' && s.src[next] <= '9' {
		return false
	}
	switch word {
	case "declare", "abstract":
		s.endStatement()
		s.at(end, atStart)
		return true
	case "enum", "namespace", "module":
		for after < s.end && s.src[after] == '.' {
			after = s.ident(after + 1)
		}
		if at, _ := s.space(after); at < s.end && s.src[at] == '{' {
			s.endStatement()
			s.at(at, atStart)
			return true
		}
		return false
	case "interface":
		open := strings.IndexByte(s.src[next:min(s.end, next+maxHead)], '{')
		if open < 0 {
			return false
		}
		s.endStatement()
		s.at(s.balanced(next+open), atStart)
		return true
	}
	at, _ := s.space(after) // type
	if at < s.end && s.src[at] == '<' {
		if to, ok := s.angle(at); ok {
			at, _ = s.space(to)
		}
	}
	if at >= s.end || s.src[at] != '=' {
		return false
	}
	s.endStatement()
	s.at(s.typeEnd(at+1), atOperand)
	return true
}
