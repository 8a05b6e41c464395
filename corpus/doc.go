// Package corpus reads, checks and writes the project's own annotation of
// attribution: who says what to whom, over open documents of two treebanks.
//
// The annotation is stand-off. A file of annotations/ holds offsets and short
// checksums, never words; the text is put together from the treebanks' CoNLL-U
// by one rule ([Treebanks.Document]) and refused when its hash is another. Annotators
// work on text files ([Write], [Parse]) in which spans are quoted words; README.md
// tells how, GUIDE.md what is annotated.
//
// Inside the package spans are byte offsets, as everywhere; the files of
// annotations/ count code points.
package corpus
