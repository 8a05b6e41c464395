// Package bench scores findings against public corpora and prints the table of
// figures.
//
// Statements are scored on PolNeAR's stand-off format: text/NAME.txt beside
// attributions/NAME_ANNOTATOR.ann, where T lines mark spans and E lines tie
// them to attributions. Offsets there, and everywhere in this package, are code
// points of the file's text as they stand in the JSON contract, never bytes; the
// package has its own [Span] so that the two cannot be mixed by accident.
//
// Figures are micro-averaged: counts are summed over documents first, then
// precision, recall and F1 (their harmonic mean) are taken. [Table] tells what
// each figure counts.
package bench
