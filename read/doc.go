// Package read turns bytes into a revision: the text of an article, its zones
// and what the bytes tell about it.
//
// It has two halves. [Captures] splits one input into captures and writes into
// each what its user said of it. [Revision] reads one capture and depends on
// nothing else, so that a capture read again years later by the same version
// gives the same revision, byte for byte.
//
// Text of a file in valid UTF-8 without a byte-order mark is the file, untouched.
// Everything else (another charset, an HTML page) is decoded once, here; the
// problems of the revision say how.
package read

// Version is stored with every revision read by this package. It grows whenever
// the same capture would give another text, zone or fact.
const Version = "read.v2"
