package stacktrace

// parseWrapped reads a text whose lines are wrapped as a whole: escaped into one line, a string of
// JSON, HTML. It reports false if there are no frames within.
func parseWrapped(text string) (*parsed, bool) {
	return nil, false
}
