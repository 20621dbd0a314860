// Package stacktracebeam finds the stack traces of JavaScript engines in logs that one machine does not hold, and groups
// them: transforms for Apache Beam, whose pipelines run on Flink, Spark and Dataflow, and in one process on Beam's own
// runner, prism.
//
//	s := pipeline.Root()
//	scanned := stacktracebeam.Scan(s, beam.Create(s, "gs://logs/2026-11-21/*"), stacktracebeam.ScanOptions{})
//	prints := stacktracebeam.Fingerprint(s, scanned.Traces, stacktracebeam.Rules{})
//	groups := stacktracebeam.Group(s, prints)
//	totals := stacktracebeam.Total(s, groups)
//	top := stacktracebeam.Number(s, stacktracebeam.Top(s, groups, 10), scanned.Ranges)
//	lines := stacktracebeam.Lines(s, top, totals, scanned.Several)
//
// # Elements
//
// [Scan] and [ScanRecords] give elements of type [Trace]. [Fingerprint] makes of each a pair of its fingerprint and a
// [Traces] that has counted it alone; Group and Top combine these. All types have coders, which begin with a
// version: what one version of this package has written into a runner's shuffle is for the same version.
//
// # What is the same
//
// The groups are those of the command "stacktrace top" on the same files, and so are the lines that [Lines] makes of
// them, whatever the runner: how files are split, in which order ranges are scanned, how often a bundle is tried and
// which groups are merged first does not count. A group is bounded, some 15 KiB, however many traces it has.
//
// # Windows
//
// Group, Total and Top work in the windows that their input has. An unbounded source needs windows, and each window has
// groups of its own: see [ScanRecords].
package stacktracebeam
