// Package story tells which articles carry the same text and which tell the same
// story.
//
// An [Item] is read once into a [Sketch], a kilobyte or two that is all this package
// ever needs of it again: fingerprints of its wording and its weightiest terms. A
// [Window] holds the sketches of recent articles and answers, for each new one,
// whose text it carries and which story it belongs to. [Window.Review] looks over
// the stories again and proposes what to merge and split; a person's decision is
// given to the window and never proposed against.
//
// Copies are found by winnowing (Schleimer, Wilkerson and Aiken 2003): of every ten
// neighbouring four-word shingles the one with the lowest hash is kept, so a shared
// passage of thirteen words always leaves a shared fingerprint. What counts is
// containment, the share of the shorter text's fingerprints that the other one has:
// a wire story cut to a third is still all in its original, while their Jaccard
// similarity is a third.
//
// Stories are found in one pass: the nearest story by weighted terms takes the article, or a
// new one is opened. A term weighs by how few stories have it, not by how few articles:
// a story told by fifty outlets must not make its own names worthless.
//
// Nothing here reads a clock, a network or a ledger. The same sketches in the same
// order give the same answers.
package story

// Version names these rules. It is raised when the same items give other answers.
const Version = "story.v1"
