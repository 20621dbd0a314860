// Package sourcemap reads source maps and undoes minification: from a stack trace of a bundle to the files,
// lines and functions that people wrote.
//
//	maps := sourcemap.Cached(sourcemap.Dir(os.DirFS("maps")), 512<<20)
//	result := sourcemap.Apply(ctx, stacktrace.Parse(text), maps)
//	for _, frame := range result.Trace.Frames {
//		fmt.Println(frame.Name(), frame.File, frame.Line)
//	}
//
// [Parse] reads regular and index maps as ECMA-426 defines them, and refuses anything else with an error that
// tells the place of the fault. It keeps the mappings as they are written, so that a map takes about ten bytes for each segment
// beside its sources' text; [Map.Lookup] decodes sixteen of them at most, and allocates nothing.
//
// A [Resolver] finds the map of a script: [Dir] in a folder, [HTTP] on the servers of a list, and [Cached] keeps what
// another one finds. Nothing is fetched that was not allowed: the addresses in a stack trace are those of strangers.
//
// [Apply] puts the originals in the place of a trace's frames and says for each what happened, and [Context] returns
// the source around one. The names of functions are those of the original: the map's names tell what is called
// somewhere, not where that is, so Apply searches the texts of the sources for functions. Give its result to
// package normalize, and one failure has one fingerprint in all browsers and deploys.
//
// # Positions
//
// Lines and columns are 1-based everywhere in this package, in UTF-16 units, as in a stacktrace.Frame. In the text of a
// map they are 0-based, and there are programs that look up a column of an engine as it is: in six real builds up to
// six of a hundred tokens are another one then.
package sourcemap
