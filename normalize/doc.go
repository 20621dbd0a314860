// Package normalize makes the traces of one failure comparable, whichever engine wrote them.
//
// Chrome, Firefox and Safari report the same failure in three spellings, and each build gives other names
// to minified functions and files. [Trace] gives the one form behind them: canonical frames, the message as a
// template, and whose code each frame is in. [Fingerprint] makes a key of it to group by, which survives a
// deploy; [Same] compares two traces and forgives what an engine cannot know, and [Explain] tells which rule
// changed what. The rules are the [Rule] constants; each is documented with the spellings that it treats as
// equal. docs/fingerprints.md has them in one place, with figures.
//
// Nothing here is learned or looked up: the same trace gives the same result on every machine.
package normalize
