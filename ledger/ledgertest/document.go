package ledgertest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Say is a statement of a made-up article, by its words. Each must stand in the
// article's text; the first place after the one before counts.
type Say struct {
	Source, Cue, Content string
	Speaker              string // name of the entity behind the source; none where empty
	Quoted               onrecord.Quoted
	Confidence           float64 // 0.9 where 0
	Repeats              onrecord.ID
	SaidAt               *onrecord.SaidAt
	Names                onrecord.Place // a place in its content, whose Name stands there; none where empty
}

// Story is a made-up article.
type Story struct {
	URL, Path, Title, Publisher string
	Published                   string // ISO date
	Language                    string // "en" where empty
	Retrieved                   time.Time
	Answered                    time.Time // Date header of a server's answer; none where zero
	Bytes                       string    // of the capture; the text where empty
	Text                        string
	Says                        []Say
	ReadBy, SaidBy              string // versions; read.v1 and said.v1 where empty
}

// retrieved is when stories are retrieved that do not say.
var retrieved = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)

// Document makes what the desk would make of the story.
func (s Story) Document(tb testing.TB) ledger.Document {
	tb.Helper()
	bytes := s.Bytes
	if bytes == "" {
		bytes = s.Text
	}
	c := onrecord.Capture{
		Bytes: []byte(bytes), MediaType: "text/plain", Address: orElse(s.URL, s.Path),
		Retrieved: s.Retrieved, Header: map[string][]string{onrecord.GivenTitle: {s.Title}},
	}
	if c.Retrieved.IsZero() {
		c.Retrieved = retrieved
	}
	if !s.Answered.IsZero() {
		c.Header["Date"] = []string{s.Answered.UTC().Format(http.TimeFormat)}
	}
	published, err := onrecord.ParseDate(s.Published)
	if err != nil {
		tb.Fatal(err)
	}
	rev := onrecord.Revision{
		Capture: c.Hash(), ReadBy: orElse(s.ReadBy, "read.v1"), Text: s.Text, Path: s.Path, URL: s.URL, Title: s.Title,
		Publisher: s.Publisher, Published: published, Language: orElse(s.Language, "en"),
		Zones: []onrecord.Zone{{Kind: onrecord.Body, Span: onrecord.Span{End: len(s.Text)}}},
	}
	return ledger.Document{Capture: c, Revision: rev, Analysis: s.Analysis(tb)}
}

// Analysis is what the desk would find in the story.
func (s Story) Analysis(tb testing.TB) onrecord.Analysis {
	tb.Helper()
	a := onrecord.Analysis{
		MadeBy:    onrecord.Versions{"read": orElse(s.ReadBy, "read.v1"), "said": orElse(s.SaidBy, "said.v1")},
		Sentences: sentences(s.Text),
	}
	from := 0
	entities := map[string]onrecord.ID{}
	for i, say := range s.Says {
		st := onrecord.Statement{
			ID: onrecord.ID(fmt.Sprintf("S%d", i+1)), Zone: onrecord.Body, Quoted: say.Quoted, Repeats: say.Repeats, SaidAt: say.SaidAt,
			Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms, Confidence: say.Confidence, Rule: "made up",
		}
		if st.Quoted == "" {
			st.Quoted = onrecord.Indirect
		}
		if st.Confidence == 0 {
			st.Confidence = 0.9
		}
		at := func(words string) []onrecord.Span {
			if words == "" {
				return []onrecord.Span{}
			}
			var spans []onrecord.Span
			for piece := range strings.SplitSeq(words, onrecord.Ellipsis) {
				j := strings.Index(s.Text[from:], piece)
				if j < 0 {
					tb.Fatalf("%q does not stand in %q", piece, s.Text[from:])
				}
				spans = append(spans, onrecord.Span{Start: from + j, End: from + j + len(piece)})
			}
			return spans
		}
		st.Source = onrecord.Source{Spans: at(say.Source), Form: onrecord.RoleForm, Kind: onrecord.PersonSource}
		st.Cue = onrecord.Cue{Spans: at(say.Cue), Class: onrecord.SpeechCue}
		st.Content = onrecord.Content{Spans: at(say.Content)}
		if say.Names.Name != "" {
			p := say.Names
			p.ID, p.Span = onrecord.ID(fmt.Sprintf("P%d", i+1)), onrecord.Hull(at(p.Name)...)
			a.Places = append(a.Places, p)
		}
		from = st.Spans()[0].Start
		if say.Speaker != "" {
			if entities[say.Speaker] == "" {
				entities[say.Speaker] = onrecord.ID(fmt.Sprintf("E%d", len(entities)+1))
				a.Entities = append(a.Entities, onrecord.Entity{ID: entities[say.Speaker], Kind: onrecord.Person, Name: say.Speaker, Mentions: []onrecord.Mention{}})
			}
			a.Links = append(a.Links, onrecord.Link{Statement: st.ID, Role: onrecord.SourceRole, Entity: entities[say.Speaker]})
		}
		a.Statements = append(a.Statements, st)
	}
	return a
}

// sentences cuts a made-up text at full stops and line ends.
func sentences(text string) []onrecord.Span {
	var out []onrecord.Span
	start := 0
	for i, r := range text {
		if r == '.' || r == '\n' {
			if strings.TrimSpace(text[start:i]) != "" {
				out = append(out, onrecord.Span{Start: start, End: i + 1})
			}
			start = i + 1
			for start < len(text) && text[start] == ' ' {
				start++
			}
		}
	}
	return out
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
