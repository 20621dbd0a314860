package formats

import "strings"

// vue is a component in the trace of a warning of Vue's.
//
//	frame = "at <" , name , { " " , property } , ">" ;                          (* 3 *)
//	      | [ "---> " ] , "<" , name , ">" , [ " at " , file ] ;                (* 2 *)
//
// Lines:
//
//	at <Foo key=1 >
//	at <App>
//	---> <Foo> at src/Foo.vue
//	<Root>
//
// The properties stay in the text of the line.
var vue = Format{
	engine:    Vue,
	name:      "vue",
	title:     "Vue",
	foreign:   true,
	match:     matchVue,
	read:      readVue,
	append:    appendVue,
	stack:     Stack{Indent: "  ", Headed: true, Anonymous: "Anonymous", Script: "Root", Module: "Root", Eval: "Anonymous", Placed: true},
	placeless: true,
}

func matchVue(line string) bool {
	var f Frame
	return strings.HasPrefix(line, "---> <") && readVue(&f, line)
}

func readVue(f *Frame, line string) bool {
	rest, isNew := strings.CutPrefix(line, "at <")
	if isNew {
		rest = trimRecursion(rest)
		end := strings.IndexAny(rest, " >")
		if end <= 0 || rest[len(rest)-1] != '>' || rest[end] == '>' && end != len(rest)-1 {
			return false
		}
		f.setComponent(rest[:end], Vue)
		return isWord(f.Func)
	}
	rest, ok := strings.CutPrefix(strings.TrimPrefix(line, "---> "), "<")
	if !ok {
		return false
	}
	name, rest, ok := strings.Cut(rest, ">")
	f.setComponent(name, Vue)
	if !ok || !isWord(name) || strings.IndexByte(name, '<') >= 0 {
		return false
	}
	if file, ok := strings.CutPrefix(rest, " at "); ok {
		f.File = trimRecursion(file)
		return f.File != "" && !isBlank(f.File[0])
	}
	return trimRecursion(rest) == ""
}

// trimRecursion takes "... (N recursive calls)" off the end of s.
func trimRecursion(s string) string {
	const open, end = "... (", " recursive calls)"
	rest, ok := strings.CutSuffix(s, end)
	if !ok {
		return s
	}
	at := strings.LastIndex(rest, open)
	if at < 0 || !isNumber(rest[at+len(open):]) {
		return s
	}
	return rest[:at]
}

func appendVue(b []byte, f Frame) []byte {
	if f.File == "" {
		b = append(b, "at "...)
	}
	b = append(b, '<')
	b = append(b, f.Func...)
	b = append(b, '>')
	if f.File != "" {
		b = append(b, " at "...)
		b = append(b, f.File...)
	}
	return b
}
