package jsscan

import "strings"

// none is the index that stands for nothing.
const none = -1

// inKind is what a bracket that is open is.
type inKind uint8

const (
	inBlock    inKind = iota // statements
	inBody                   // the body of a function
	inObject                 // an object literal or pattern
	inClass                  // the body of a class
	inParen                  // a group, an argument list, or the parameters of an arrow
	inParams                 // the parameters of a function or method
	inControl                // the condition behind if, for, while, with, switch and catch
	inBracket                // an array, an index, or a computed key
	inTemplate               // an expression in a template
	inTag                    // a tag of JSX
	inChildren               // what is between two tags of JSX
	inBraces                 // an expression in JSX
	inArrow                  // the expression that an arrow function returns: no bracket
	inField                  // the initializer of a class field: no bracket
)

// prevKind is what the token before was.
type prevKind uint8

const (
	atStart    prevKind = iota // of a statement
	atOperand                  // an expression may end here
	atOperator                 // an expression must follow
	atDot                      // the name of a property must follow
)

// memberState is where in an object or class the scanner is.
type memberState uint8

const (
	memberStart memberState = iota
	memberKey               // behind the key
	memberValue             // in the value
)

// context is an open bracket, or an expression that ends without one.
type context struct {
	kind     inKind
	member   memberState
	computed bool // a bracket is the computed key of a member
	decl     bool // a declaration of variables: a colon begins a type
	decorate bool // a parenthesis is the arguments of a decorator
	fnPrev   prevKind
	ternary  int // question marks that wait for their colon
	fn       int // the function whose body or parameters these are

	name    span // the last identifier or property
	target  span // what the value that follows is assigned to: the name of a function there
	inCase  bool // behind case, before its colon
	named   int  // the function that got a name here, which it loses if it is called
	start   int  // where the bracket opened, with what belongs to it
	nameOK  bool // a function that begins with the bracket gets the name of the context around it
	class   int  // 1 and the index of the class whose body follows, or whose body this is
	key     member
	operand int // where the operand begins that stands before: the parameters of an arrow
	opName  bool
}

// member is the head of a member of a class or an object.
type member struct {
	start  int
	name   span
	static bool
	async  bool
	kind   Kind
}

// span is a piece of the source. An empty one is no name.
type span struct{ from, to int }

// class is a class whose body was seen.
type class struct {
	name      string
	start     int
	statement bool
}

type scanner struct {
	src  string
	lang Lang
	pos  int
	end  int
	last int // where the token before ends

	prev     prevKind
	newline  bool // before the token
	nameable bool // a function here gets the name of the context

	asyncStart int // where the word async is that stands just before; none
	asyncName  bool
	generics   int // where the type parameters begin that stand just before; none

	failures    int // to find the end of a regular expression, on the line that ends there
	failuresEnd int

	gaveUp bool // there is too much of something

	stack   []context
	funcs   []Func
	classes []class
}

func (s *scanner) top() *context { return &s.stack[len(s.stack)-1] }

// step reads a token. It returns false at the end.
func (s *scanner) step() bool {
	c := s.top()
	switch c.kind {
	case inTag:
		return s.tag()
	case inChildren:
		return s.children()
	case inObject, inClass:
		if c.member == memberStart {
			return s.memberHead()
		}
		if c.member == memberKey {
			return s.afterKey()
		}
	}
	s.pos, s.newline = s.space(s.pos)
	if s.pos >= s.end {
		return false
	}
	i := s.pos
	b := s.src[i]
	if s.newline && s.prev == atOperand && s.begins(i, b) {
		s.endStatement()
		return true
	}
	switch {
	case classes[b]&isIdent != 0 || b == '#' || b == '.' && s.isDigit(i+1):
		if b >= '0' && b <= '9' || b == '.' {
			s.literal(i, s.number(i))
			break
		}
		s.word(i, s.ident(i+1))
	case b == '"' || b == '\'':
		s.literal(i, s.quoted(i))
	case b == '`':
		s.backtick(i)
	case b == '/':
		s.slash(i)
	case b == '<' && s.prev != atOperand && s.prev != atDot:
		s.less(i)
	default:
		s.mark(i, b)
	}
	return true
}

// begins reports whether what is at i, behind a line end, cannot go on with the expression before it.
func (s *scanner) begins(i int, b byte) bool {
	if classes[b]&isIdent == 0 {
		return b == '"' || b == '\'' || b == '#' || b == '@'
	}
	end := s.ident(i)
	switch s.src[i:end] {
	case "in", "instanceof", "of", "extends", "implements":
		return false
	case "as", "satisfies":
		return s.lang == JSX
	}
	return true
}

func (s *scanner) isDigit(i int) bool { return i < s.end && '0' <= s.src[i] && s.src[i] <= '9' }

// at moves behind a token.
func (s *scanner) at(end int, prev prevKind) {
	s.pos, s.last, s.prev = end, end, prev
	s.nameable = false
	s.asyncStart, s.generics = none, none
}

// startOperand is called where an operand begins, before it is read. It remembers where the parameters of an
// arrow would begin.
func (s *scanner) startOperand(i int) {
	c := s.top()
	c.operand, c.opName = i, s.nameable
	if s.asyncStart != none {
		c.operand, c.opName = s.asyncStart, s.asyncName
	} else if s.generics != none {
		c.operand = s.generics
	}
}

// literal reads a number or a string.
func (s *scanner) literal(i, end int) {
	s.startOperand(i)
	s.at(end, atOperand)
}

func (s *scanner) backtick(i int) {
	if s.prev != atOperand {
		s.startOperand(i)
	}
	end, open := s.template(i + 1)
	if s.at(end, atOperand); open {
		s.push(context{kind: inTemplate, start: i})
		s.prev = atOperator
	}
}

// slash reads a division or a regular expression.
func (s *scanner) slash(i int) {
	if s.prev != atOperand {
		if end := s.regexp(i); end > i {
			s.literal(i, end)
			return
		}
	}
	s.unname()
	if s.is(i, "/=") {
		i++
	}
	s.at(i+1, atOperator)
}

// push opens a bracket behind which the scanner already is.
func (s *scanner) push(c context) {
	if c.kind != inBody && c.kind != inParams && c.kind != inArrow && c.kind != inField {
		c.fn = none
	}
	c.named, c.operand = none, none
	s.stack = append(s.stack, c)
}

// pop closes the innermost bracket.
func (s *scanner) pop() context {
	c := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	if c.fn != none && c.kind != inParams {
		if s.funcs[c.fn].End == 0 {
			s.funcs[c.fn].End = s.last
		}
	}
	return c
}

// endExpressions closes the arrows whose expression ends before the token that follows.
func (s *scanner) endExpressions() {
	for len(s.stack) > 1 && (s.top().kind == inArrow || s.top().kind == inField) {
		field := s.top().kind == inField
		s.pop()
		s.prev = atOperand
		if field {
			s.top().member = memberStart
			return
		}
	}
}

// endStatement ends a statement without a semicolon, or with one.
func (s *scanner) endStatement() {
	s.endExpressions()
	c := s.top()
	switch c.kind {
	case inBlock, inBody, inControl:
		c.class = 0
		fallthrough
	case inClass:
		c.ternary, c.decl, c.inCase, c.name, c.target, c.named = 0, false, false, span{}, span{}, none
		s.prev = atStart
		s.nameable = false
	}
}

// open reads a bracket that opens.
func (s *scanner) openParen(i int) {
	c := s.top()
	if s.newline && s.prev == atOperand && c.named != none && s.funcs[c.named].arrow && s.funcs[c.named].End == s.last {
		s.endStatement() // an arrow function is not called without parentheses around it
	}
	p := context{kind: inParen, start: i, nameOK: s.nameable}
	if s.prev == atOperand && s.asyncStart == none {
		s.unname()
	} else {
		s.startOperand(i)
		c = s.top()
		p.start, p.nameOK = c.operand, c.opName
		if p.nameOK {
			p.target = c.target
		}
	}
	s.push(p)
	s.at(i+1, atOperator)
	s.nameable = p.target != span{}
}

// closeParen reads a parenthesis that closes.
func (s *scanner) closeParen(i int) {
	s.endExpressions()
	if !s.unwind(inParen, inParams, inControl) {
		s.at(i+1, atOperand)
		return
	}
	c := s.pop()
	s.at(i+1, atOperand)
	switch c.kind {
	case inControl:
		s.prev = atStart
	case inParams:
		s.body(c)
	default:
		t := s.top()
		t.operand, t.opName = c.start, c.nameOK
		if c.named != none && c.nameOK {
			t.named = c.named
		}
		if c.decorate {
			t.member = memberStart
		}
	}
}

// maxUnwound is how many brackets are looked through for the one that closes, so that brackets that never
// close do not make each that does slow.
const maxUnwound = 100

// unwind closes brackets that were left open, up to one of these kinds. It reports false, and closes
// none, if none is open within the block that this is in.
func (s *scanner) unwind(kinds ...inKind) bool {
	for n := len(s.stack) - 1; n > max(0, len(s.stack)-maxUnwound); n-- {
		for _, kind := range kinds {
			if s.stack[n].kind == kind {
				for len(s.stack)-1 > n {
					s.pop()
				}
				return true
			}
		}
		switch s.stack[n].kind {
		case inParen, inParams, inControl, inBracket, inArrow, inField:
		default:
			return false
		}
	}
	return false
}

// mark reads punctuation.
func (s *scanner) mark(i int, b byte) {
	switch b {
	case '(':
		s.openParen(i)
	case ')':
		s.closeParen(i)
	case '[':
		if s.prev != atOperand {
			s.startOperand(i)
		}
		s.push(context{kind: inBracket, start: i})
		s.at(i+1, atOperator)
	case ']':
		s.closeBracket(i)
	case '{':
		s.openBrace(i)
	case '}':
		s.closeBrace(i)
	case ';':
		s.endStatement()
		if c := s.top(); c.kind == inClass || c.kind == inObject {
			c.member = memberStart
		}
		s.at(i+1, atStart)
	case ',':
		s.comma(i)
	case '=':
		s.equals(i)
	case '?':
		s.question(i)
	case ':':
		s.colon(i)
	case '.':
		s.dot(i)
	default:
		s.operator(i, b)
	}
}

func (s *scanner) closeBracket(i int) {
	s.endExpressions()
	if !s.unwind(inBracket) {
		s.at(i+1, atOperand)
		return
	}
	c := s.pop()
	s.at(i+1, atOperand)
	t := s.top()
	t.operand = c.start
	if c.computed {
		t.member = memberKey
		t.key.name = span{}
		t.key.name = s.computedKey(c.start, i)
		return
	}
	t.name = span{} // a[b] = function
}

// computedKey returns the name that a computed key tells: a string, or a symbol that everyone knows.
func (s *scanner) computedKey(open, to int) span {
	from, _ := s.space(open + 1)
	if from >= to {
		return span{}
	}
	if b := s.src[from]; b == '\'' || b == '"' {
		end := s.quoted(from)
		if next, _ := s.space(end); next == to {
			return span{from + 1, end - 1}
		}
		return span{}
	}
	if key := strings.TrimSpace(s.src[from:to]); strings.HasPrefix(key, "Symbol.") {
		return span{open, to + 1}
	}
	return span{}
}

func (s *scanner) comma(i int) {
	s.endExpressions()
	c := s.top()
	c.ternary, c.name, c.target, c.named = 0, span{}, span{}, none
	if c.kind == inObject {
		c.member = memberStart
	}
	s.at(i+1, atOperator)
}

func (s *scanner) dot(i int) {
	if s.is(i, "...") {
		s.at(i+3, atOperator)
		return
	}
	s.unname()
	s.at(i+1, atDot)
}

// unname takes from a function that was just read the name of what it is assigned to: a property of it, or
// what it returns, is assigned, not the function.
func (s *scanner) unname() {
	c := s.top()
	if c.named != none && s.prev == atOperand && (s.funcs[c.named].End == s.last || s.src[s.last-1] == ')') {
		s.funcs[c.named].Name = ""
		c.named = none
	}
}

func (s *scanner) question(i int) {
	switch {
	case s.is(i, "?.") && !s.isDigit(i+2):
		s.at(i+2, atDot)
		if next, _ := s.space(s.pos); next < s.end && (s.src[next] == '(' || s.src[next] == '[' || s.src[next] == '`') {
			s.prev = atOperand
		}
		return
	case s.is(i, "??="):
		s.assign(i + 3)
		return
	case s.is(i, "??"):
		s.at(i+2, atOperator)
		s.nameable = s.top().target != span{}
		return
	}
	c := s.top()
	if c.kind == inParen || c.kind == inParams {
		if next, _ := s.space(i + 1); next < s.end && strings.IndexByte(":,)=", s.src[next]) >= 0 && !s.is(next, "=>") {
			s.pos = next // an optional parameter of TypeScript
			return
		}
	}
	c.ternary++
	s.at(i+1, atOperator)
	s.nameable = c.target != span{}
}

// assign goes on behind an assignment, which ends at end.
func (s *scanner) assign(end int) {
	c := s.top()
	c.target = c.name
	s.at(end, atOperator)
	s.nameable = c.target != span{}
}

// colon reads a colon: of a ternary, a type, a label or a case.
func (s *scanner) colon(i int) {
	if s.isReturnType() {
		s.skipType(i + 1)
		return
	}
	for s.top().kind == inArrow && s.top().ternary == 0 {
		s.pop()
	}
	c := s.top()
	switch {
	case c.ternary > 0:
		c.ternary--
		s.at(i+1, atOperator)
		s.nameable = c.target != span{}
	case c.inCase:
		c.inCase = false
		s.at(i+1, atStart)
	case c.kind == inParen, c.kind == inParams, c.decl, c.kind == inBracket:
		s.skipType(i + 1)
	case c.kind == inBlock, c.kind == inBody:
		s.at(i+1, atStart)
		c.name = span{}
	default:
		s.at(i+1, atOperator)
	}
}

// skipType skips a type behind a colon. The token before it still is the one before.
func (s *scanner) skipType(i int) {
	s.pos = s.typeEnd(i)
	s.last = s.pos
}

// isReturnType reports whether a colon here, behind a parenthesis, begins the type that an arrow function
// returns: no question mark and no case waits for it.
func (s *scanner) isReturnType() bool {
	if s.prev != atOperand || s.last == 0 || s.src[s.last-1] != ')' {
		return false
	}
	for n := len(s.stack) - 1; n >= max(0, len(s.stack)-maxUnwound); n-- {
		c := &s.stack[n]
		if c.ternary > 0 || c.inCase {
			return false
		}
		if c.kind != inArrow {
			break
		}
	}
	return true
}

// equals reads "=", "=>", "==" and "===".
func (s *scanner) equals(i int) {
	switch {
	case s.is(i, "=>"):
		s.arrow(i)
	case s.is(i, "==="):
		s.at(i+3, atOperator)
	case s.is(i, "=="):
		s.at(i+2, atOperator)
	default:
		s.assign(i + 1)
	}
}

// operator reads what is between operands or before one.
func (s *scanner) operator(i int, b byte) {
	end := i + 1
	switch b {
	case '+', '-':
		if s.is(end, string(b)) {
			end++
			if s.prev == atOperand && !s.newline {
				s.at(end, atOperand)
				return
			}
			if s.prev == atOperand {
				s.endStatement()
			}
		}
	case '!', '~':
		if s.prev == atOperand && !s.is(i, "!=") {
			if !s.newline && b == '!' { // TypeScript: not null
				s.at(end, atOperand)
				return
			}
			s.endStatement()
		}
	case '<':
		if next, ok := s.arguments(i); ok {
			s.at(next, atOperand)
			return
		}
	case '@':
		s.pos = s.decorator(i)
		s.last = s.pos
		return
	}
	for (b == '<' || b == '>' || b == '*' || b == '|' || b == '&') && end < s.end && s.src[end] == b {
		end++
	}
	logical := (b == '|' || b == '&') && end == i+2
	if !logical {
		s.unname()
	}
	assigns := false
	for end < s.end && s.src[end] == '=' && !s.is(end, "=>") {
		assigns = true
		end++
	}
	if logical && assigns {
		s.assign(end)
		return
	}
	s.at(end, atOperator)
	s.nameable = logical && s.top().target != span{}
}

// decorator returns where the name of a decorator ends.
func (s *scanner) decorator(i int) int {
	end, _ := s.space(i + 1)
	for end < s.end {
		next := s.ident(end)
		if next == end {
			break
		}
		if end = next; end >= s.end || s.src[end] != '.' {
			break
		}
		end++
	}
	return max(end, i+1)
}

// arguments returns where type arguments end that follow an operand.
func (s *scanner) arguments(i int) (int, bool) {
	if s.lang == JSX && s.top().class == 0 {
		return 0, false
	}
	end, ok := s.angle(i)
	if !ok {
		return 0, false
	}
	if s.top().class != 0 {
		return end, true
	}
	next, _ := s.space(end)
	if next >= s.end || strings.IndexByte("(`.)],;:?}=!&|", s.src[next]) >= 0 {
		return end, true
	}
	return 0, false
}
