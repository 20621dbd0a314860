package header

import (
	"strings"

	"github.com/stacktrace-go/stacktrace/internal/txt"
)

// stackTitles are the lines that stand above a stack, without marks around them and in small letters.
var stackTitles = [...]string{
	"stack", "stack trace", "stacktrace", "call stack", "callstack", "backtrace", "traceback", "стек-трейс", "стек вызовов",
	"aufrufliste", "stack-trace", "pila de llamadas", "trace", "js stack trace", "js stack", "component stack", "error stack", "javascript stack trace",
	"javascript stack", "full stack trace", "full stack", "stacktrace follows", "трассировка стека", "スタックトレース", "堆栈", "堆栈跟踪", "调用堆栈",
	"pile d'appels", "rastreamento de pilha", "yığın izleme", "stack frames", "original stack", "original stack trace",
}

// IsStackTitle reports whether body is the title of a stack: "Stack trace:", "## Stacktrace".
func IsStackTitle(body string) bool {
	if len(body) > 60 {
		return false
	}
	word := strings.Trim(body, " \t#*=-:：[]_`>")
	if word == "" && strings.HasPrefix(body, "<-----") { // Cinnamon
		return true
	}
	if strings.HasPrefix(word, "Stack trace for context ") { // SpiderMonkey's dump
		return true
	}
	for _, title := range stackTitles {
		if strings.EqualFold(word, title) {
			return true
		}
	}
	return false
}

// TitleStart returns where the title of a stack begins that text ends in: "q JS Stack trace: ". It is the length of
// text if there is none.
func TitleStart(text string) int {
	end := strings.TrimRight(text, " \t")
	if !strings.HasSuffix(end, ":") {
		return len(text)
	}
	start := len(text)
	for at, words := len(end), 0; at > 0 && words < maxTitleWords; words++ {
		at = strings.LastIndexAny(end[:at], " \t\n") + 1
		if IsStackTitle(end[at:]) {
			start = at
		}
		if at == 0 || end[at-1] == '\n' {
			break
		}
		at--
	}
	return start
}

// maxTitleWords is the number of words that a title has at most.
const maxTitleWords = 4

// errorTitles are the lines above the header of an error in dialogs and on pages.
var errorTitles = [...]string{"uncaught exception", "unhandled exception", "content", "error details", "details", "exception", "exception details", "exception thrown", "error"}

// IsErrorTitle reports whether body is what a dialog or a page puts above the header of an error, on a line of its
// own: "Uncaught Exception:", "[Content]", "Stack".
func IsErrorTitle(body string) bool {
	if len(body) > 40 {
		return false
	}
	word := strings.Trim(body, " \t#*=-:[]_")
	for _, title := range errorTitles {
		if strings.EqualFold(word, title) {
			return body != "Error" && body != "Exception" && body != "Error:"
		}
	}
	return IsStackTitle(body)
}

// FrameLead returns the length of what stands before the name in line, the first frame of a stack: the title of the stack, or
// the time and the level of a log. Name is what the line holds before its "@".
//
//	Stack: f@resource://h/a.js
//	09:09:09.353 get owner@resource://h/a.js
//	Error: q JS Stack trace: f@a.js
func FrameLead(name string) int {
	blank := strings.LastIndexAny(name, " \t")
	for blank > 0 {
		word := name[strings.LastIndexAny(name[:blank], " \t")+1 : blank]
		switch word {
		case "get", "set", "new", "async", "static", "bound":
			blank -= len(word) + 1
			continue
		}
		break
	}
	if blank <= 0 {
		return 0
	}
	before := strings.TrimRight(name[:blank], " \t")
	if TitleStart(before) < len(before) {
		return blank + 1
	}
	isTime := false
	for word := range strings.FieldsSeq(before) {
		if !isTimeOrLevel(word) {
			return 0
		}
		isTime = isTime || strings.Count(word, ":") > 1 && txt.DigitsLen(strings.TrimLeft(word, "[(")) > 0
	}
	if !isTime {
		return 0
	}
	return blank + 1
}
