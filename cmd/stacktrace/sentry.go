package main

import "github.com/stacktrace-go/stacktrace/logscan"

func sentryEvent(f logscan.Found) any { return nil }
