package sentry

import (
	"maps"
	"slices"
	"strings"

	"github.com/stacktrace-go/stacktrace"
)

// Trace returns the error that the event reports, as the function [Trace] does.
func (e *Event) Trace() *stacktrace.Trace { return Trace(e.Exception.Values) }

// Trace returns the error that the values of an exception interface report, with the errors within it.
// Values without a mechanism that tells what they are within, as older SDKs sent them, are each the cause
// of the next one. Of no values the result is an empty Trace.
//
// Of what [Exceptions] wrote it gives the same errors with their types, messages, codes and labels, and
// frames with the same functions, files and positions. Not kept are the engine, where eval'd code came
// from, the order of the properties, and the numbers that are no positions.
func Trace(values []Exception) *stacktrace.Trace {
	if len(values) == 0 {
		return &stacktrace.Trace{}
	}
	last := len(values) - 1
	root := traceOf(&values[last])
	byID := map[int]*stacktrace.Trace{}
	if m := values[last].Mechanism; m != nil {
		byID[m.ExceptionID] = root
	}
	inner := root // the error that a value without a parent is the cause of
	for i := last - 1; i >= 0; i-- {
		t := traceOf(&values[i])
		m := values[i].Mechanism
		if m == nil || m.ParentID == nil || byID[*m.ParentID] == nil {
			inner.Cause = t
			inner = t
			continue
		}
		if byID[m.ExceptionID] == nil { // each number is one error's
			byID[m.ExceptionID] = t
		}
		parent := byID[*m.ParentID]
		switch {
		case m.Source != "" && m.Source != "cause" && m.Source != "__cause__" && m.Source != "__context__" && !strings.HasPrefix(m.Source, "errors["):
			parent.Props = append(parent.Props, stacktrace.Prop{Name: m.Source, Trace: t})
		case strings.HasPrefix(m.Source, "errors["), parent.Cause != nil:
			parent.Errors = append(parent.Errors, t)
		default:
			parent.Cause = t
		}
	}
	return root
}

func traceOf(e *Exception) *stacktrace.Trace {
	t := &stacktrace.Trace{Type: e.Type, Message: e.Value}
	if m := e.Mechanism; m != nil {
		t.Code, t.Label = m.Data["code"], m.Data["label"]
		for _, name := range slices.Sorted(maps.Keys(m.Data)) {
			if name != "code" && name != "label" {
				t.Props = append(t.Props, stacktrace.Prop{Name: name, Text: m.Data[name]})
			}
		}
	}
	if e.Stacktrace == nil {
		return t
	}
	for _, f := range slices.Backward(e.Stacktrace.Frames) {
		t.Frames = append(t.Frames, frameOf(f))
	}
	return t
}

func frameOf(f Frame) stacktrace.Frame {
	out := stacktrace.Frame{Func: f.Function, File: f.AbsPath, Line: f.Lineno, Col: f.Colno, Wasm: f.Platform == "native"}
	if f.Function == unknownFunction {
		out.Func = ""
	}
	switch {
	case f.AbsPath != "":
	case f.Filename == nativeFile:
		out.Native = true
	case !strings.HasPrefix(f.Filename, "<"):
		out.File = f.Filename // what other programs write
	}
	name := f.RawFunction
	if rest, ok := strings.CutPrefix(name, "async "); ok {
		out.Async, name = true, rest
	}
	if rest, ok := strings.CutPrefix(name, "new "); ok {
		out.Constructor, name = true, rest
	}
	if rest, ok := strings.CutPrefix(name, f.Function+" [as "); ok && strings.HasSuffix(rest, "]") {
		out.Alias = strings.TrimSuffix(rest, "]")
	}
	return out
}
