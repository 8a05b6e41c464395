// Package onrecord is the record itself: the terms in which news is kept.
//
// An [Article] has [Revision]s, each one text read from a [Capture] of bytes.
// The desk finds [Statement]s in a revision (who said what, by which words), the
// [Entity] behind each source, the [Time]s and [Place]s told, with what they stand for, and later events. Everything
// found is a [Span] over the revision's text plus meaning; text is never copied
// or cleaned after it is read, so that every line can be proved by its words.
//
// The terms are the field's own: source, cue and content of an attribution from
// PARC and PolNeAR, TIMEX3 from TimeML, event types from PLOVER, selectors from
// the W3C Web Annotation model.
//
// The package holds types and small pure functions only. It imports nothing but
// the standard library and does no input or output; the packages around it do.
package onrecord
