package corpus

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// Phenomena are the names of what is counted, in the order of GUIDE.md's
// sections, which give examples of each. Several may hold for one statement.
var Phenomena = []string{
	"1 direct", "1 mixed", "1 indirect", "2 belief", "3 intention", "3 attitude", "4 decree", "5 document source",
	"6 evidence", "7 implicit source", "8 by-phrase", "9 noun cue", "10 preposition cue", "11 punctuation cue", "12 gesture",
	"13 cue of several words", "14 not said for certain", "15 refused", "16 several sources", "17 relative pronoun",
	"18 long source", "19 shared source", "20 content in pieces", "20 several sentences", "21 nested", "22 addressee",
	"23 pro-form", "24 first person", "25 headline", "26 looked at and not attributed", "27 content with its marks", "28 role or unnamed",
	"medium", "occasion", "time", "signature without cue", "denied or opposed", "asked",
}

// Count counts phenomena in an annotation. What needs tags (noun cues, by) is
// read off the treebank.
func Count(d *Document, a *Annotation) map[string]int {
	n := map[string]int{"26 looked at and not attributed": len(a.Looked)}
	sources := map[onrecord.Span]int{}
	for i := range a.Statements {
		if spans := a.Statements[i].Source.Spans; len(spans) > 0 {
			sources[spans[0]]++
		}
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		for name, yes := range d.shows(s, sources) {
			if yes {
				n[name]++
			}
		}
	}
	return n
}

func (d *Document) shows(s *Statement, sources map[onrecord.Span]int) map[string]bool {
	text := d.Text()
	cue, source := strings.ToLower(onrecord.Words(text, s.Cue.Spans)), strings.ToLower(onrecord.Words(text, s.Source.Spans))
	tag, before := "", ""
	if len(s.Cue.Spans) > 0 {
		if h := head(&d.Words, s.Cue.Spans[0]); h >= 0 {
			tag = d.Words.Tokens[h].UPOS
		}
	}
	if len(s.Source.Spans) > 0 {
		if f := strings.Fields(text[:s.Source.Spans[0].Start]); len(f) > 0 {
			before = strings.ToLower(f[len(f)-1])
		}
	}
	sentences := map[int]bool{}
	for _, c := range s.Content.Spans {
		for k := d.Words.SentenceAt(c.Start); k <= d.Words.SentenceAt(c.End-1); k++ {
			sentences[k] = true
		}
	}
	return map[string]bool{
		"1 direct": s.Quoted == onrecord.Direct, "1 mixed": s.Quoted == onrecord.Mixed, "1 indirect": s.Quoted == onrecord.Indirect,
		"2 belief": s.Cue.Class == onrecord.BeliefCue, "3 intention": s.Cue.Class == onrecord.IntentionCue,
		"3 attitude": s.Cue.Class == onrecord.AttitudeCue, "4 decree": s.Cue.Class == onrecord.DecreeCue,
		"5 document source": s.Source.Kind == onrecord.DocumentSource,
		"6 evidence":        s.Source.Kind == onrecord.DocumentSource && slices.Contains([]string{"show", "find", "reveal", "indicate", "suggest"}, s.Cue.Lemma),
		"7 implicit source": s.Source.Form == onrecord.Implicit,
		"8 by-phrase":       before == "by", "9 noun cue": tag == "NOUN" || tag == "PROPN",
		"10 preposition cue":      tag == "ADP" || strings.HasPrefix(cue, "according to"),
		"11 punctuation cue":      cue != "" && letters(cue) == 0 || strings.HasSuffix(cue, ":"),
		"12 gesture":              s.Cue.Class == onrecord.GestureCue,
		"13 cue of several words": len(strings.Fields(cue)) > 1,
		"14 not said for certain": s.Uttered != onrecord.UtteredYes && s.Uttered != onrecord.UtteredRefused,
		"15 refused":              s.Uttered == onrecord.UtteredRefused,
		"16 several sources":      strings.Contains(source, " and ") || len(s.Speakers) > 1,
		"17 relative pronoun":     slices.Contains([]string{"who", "which", "that", "whom", "whose"}, source),
		"18 long source":          len(strings.Fields(source)) > 5,
		"19 shared source":        len(s.Source.Spans) > 0 && sources[s.Source.Spans[0]] > 1,
		"20 content in pieces":    len(s.Content.Spans) > 1, "20 several sentences": len(sentences) > 1,
		"21 nested": s.Depth > 0, "22 addressee": len(s.Addressee) > 0, "23 pro-form": len(s.Content.Antecedent) > 0,
		"24 first person":           slices.Contains([]string{"i", "we", "my", "our", "us", "me"}, source),
		"25 headline":               s.Zone == onrecord.Headline,
		"27 content with its marks": len(s.Verbatim) > 0,
		"28 role or unnamed":        s.Source.Form == onrecord.RoleForm || s.Source.Form == onrecord.Unnamed,
		"medium":                    len(s.Medium) > 0, "occasion": len(s.Occasion) > 0, "time": len(s.Times) > 0,
		"signature without cue": len(s.Cue.Spans) == 0,
		"denied or opposed":     s.Toward == onrecord.Denies || s.Toward == onrecord.Opposes, "asked": s.Toward == onrecord.Asks,
	}
}
