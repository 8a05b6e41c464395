package corpus

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/wire"
)

// Find analyses a document's text with a desk's Analyse. The treebank's
// sentences and trees are not shown to it.
func Find(ctx context.Context, analyse func(context.Context, *onrecord.Revision) (onrecord.Analysis, error), d *Document) (*onrecord.Analysis, error) {
	found, err := analyse(ctx, d.Revision())
	if err != nil {
		return nil, fmt.Errorf("find statements in %s: %w", d.ID, err)
	}
	return &found, nil
}

// Revision is the document as read would give it.
func (d *Document) Revision() *onrecord.Revision {
	rev := &onrecord.Revision{Text: d.Text(), Language: "en"}
	if !d.Headline.Empty() {
		rev.Zones = append(rev.Zones, onrecord.Zone{Kind: onrecord.Headline, Span: d.Headline})
	}
	return rev
}

// Brat writes the outermost statements in PolNeAR's stand-off format, that of
// brat: "T1<tab>Source 10 14;20 24<tab>words" and "E1<tab>Attribution:T3
// Source:T1 Cue:T2 Content:T3". Offsets count code points; a content's further
// pieces at other places stand in the same T. Addressee, medium and occasion are
// roles of their own, which readers of PolNeAR pass over.
func Brat(w io.Writer, d *Document, a *Annotation) error {
	var b bytes.Buffer
	o := wire.NewOffsets(d.Text())
	t, e := 0, 0
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Depth > 0 {
			continue
		}
		var refs []string
		for _, r := range []role{
			{"Content", s.Content.Spans},
			{"Cue", s.Cue.Spans},
			{"Source", s.Source.Spans},
			{"Addressee", s.Addressee},
			{"Medium", s.Medium},
			{"Occasion", s.Occasion},
		} {
			if len(r.spans) == 0 {
				continue
			}
			t++
			var places, words []string
			for _, span := range r.spans {
				places = append(places, fmt.Sprintf("%d %d", o.CodePoint(span.Start), o.CodePoint(span.End)))
				words = append(words, strings.ReplaceAll(span.In(d.Text()), "\n", " "))
			}
			fmt.Fprintf(&b, "T%d\t%s %s\t%s\n", t, r.name, strings.Join(places, ";"), strings.Join(words, " "))
			if len(refs) == 0 {
				refs = append(refs, fmt.Sprintf("Attribution:T%d", t))
			}
			refs = append(refs, fmt.Sprintf("%s:T%d", r.name, t))
		}
		e++
		fmt.Fprintf(&b, "E%d\t%s\n", e, strings.Join(refs, " "))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Manifest is a line "HASH NAME" for every file of a folder of annotations, and
// a last line with the hash of those lines.
func Manifest(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return "", fmt.Errorf("list the annotations: %w", err)
	}
	slices.Sort(files)
	var b strings.Builder
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			return "", fmt.Errorf("hash the annotations: %w", err)
		}
		fmt.Fprintf(&b, "%s %s\n", onrecord.HashOf(content), filepath.Base(f))
	}
	return b.String() + fmt.Sprintf("%s all\n", onrecord.HashOf(b.String())), nil
}
