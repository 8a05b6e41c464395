package ledgertest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Load makes up articles for measurements: words, speakers and publishers as
// often as in a newspaper (Zipf's law), five years of dates. The same seed makes
// the same articles, one after another.
type Load struct {
	rand       *rand.Rand
	vocabulary []string
	words      *rand.Zipf
	speakers   *rand.Zipf
	publishers *rand.Zipf
	made       int
	Statements int // in an article
	Words      int // in an article, about
}

// NewLoad starts a load of articles of 500 words with 13 statements.
func NewLoad(seed uint64) *Load {
	r := rand.New(rand.NewPCG(seed, 1))
	l := &Load{
		rand: r, words: rand.NewZipf(r, 1.1, 8, 60_000), speakers: rand.NewZipf(r, 1.2, 10, 40_000),
		publishers: rand.NewZipf(r, 1.3, 4, 400), Statements: 13, Words: 500,
	}
	for i := range 60_001 {
		l.vocabulary = append(l.vocabulary, pronounceable(i))
	}
	return l
}

// Word is the vocabulary's word of a rank: 0 the most frequent.
func (l *Load) Word(rank int) string { return l.vocabulary[rank] }

// Speaker is the name of a speaker of a rank: 0 who speaks most.
func (l *Load) Speaker(rank int) string {
	return capital(pronounceable(rank%211)) + " " + capital(pronounceable(rank+977))
}

// Publisher is the name of a publisher of a rank.
func (l *Load) Publisher(rank int) string { return "The " + capital(pronounceable(rank+31)) + " Post" }

// pronounceable spells a number in syllables.
func pronounceable(n int) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n += 70; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Next makes the next article.
func (l *Load) Next() ledger.Document {
	l.made++
	var text strings.Builder
	var a onrecord.Analysis
	entities := map[string]onrecord.ID{}
	title := capital(l.phrase(7))
	text.WriteString(title + "\n\n")
	for i := range l.Statements {
		name := l.Speaker(int(l.speakers.Uint64()))
		start := text.Len()
		text.WriteString(name)
		source := onrecord.Span{Start: start, End: text.Len()}
		text.WriteString(" said ")
		cue := onrecord.Span{Start: source.End + 1, End: text.Len() - 1}
		content := onrecord.Span{Start: text.Len()}
		text.WriteString(l.phrase(8 + l.rand.IntN(24)))
		content.End = text.Len()
		text.WriteString(". ")
		a.Sentences = append(a.Sentences, onrecord.Span{Start: start, End: text.Len() - 1})
		from := text.Len()
		text.WriteString(capital(l.phrase(max(3, l.Words/l.Statements-24))) + ".\n")
		a.Sentences = append(a.Sentences, onrecord.Span{Start: from, End: text.Len() - 1})
		s := onrecord.Statement{
			ID: onrecord.ID("S" + strconv.Itoa(i+1)), Zone: onrecord.Body, Uttered: onrecord.UtteredYes, Toward: onrecord.Affirms,
			Source:  onrecord.Source{Spans: []onrecord.Span{source}, Form: onrecord.Named, Kind: onrecord.PersonSource},
			Cue:     onrecord.Cue{Spans: []onrecord.Span{cue}, Lemma: "say", Class: onrecord.SpeechCue},
			Content: onrecord.Content{Spans: []onrecord.Span{content}},
			Quoted:  []onrecord.Quoted{onrecord.Direct, onrecord.Mixed, onrecord.Indirect, onrecord.Indirect}[l.rand.IntN(4)],
			Rule:    "made up", Confidence: float64(30+l.rand.IntN(70)) / 100,
		}
		if l.rand.IntN(40) == 0 {
			s.Repeats = "S1"
		}
		if entities[name] == "" {
			entities[name] = onrecord.ID("E" + strconv.Itoa(len(a.Entities)+1))
			a.Entities = append(a.Entities, onrecord.Entity{ID: entities[name], Kind: onrecord.Person, Name: name, Mentions: []onrecord.Mention{{Span: source, Form: onrecord.NameMention}}})
		}
		a.Links = append(a.Links, onrecord.Link{Statement: s.ID, Role: onrecord.SourceRole, Entity: entities[name], Confidence: 0.9})
		a.Statements = append(a.Statements, s)
	}
	a.MadeBy = onrecord.Versions{"read": "read.v1", "english": "english.v1", "said": "said.v1", "who": "who.v1"}
	return l.document(title, text.String(), a)
}

func (l *Load) document(title, text string, a onrecord.Analysis) ledger.Document {
	published := onrecord.Date{}
	when := time.Date(2019, 1, 1, 0, 0, l.rand.IntN(5*365*86_400), 0, time.UTC)
	switch n := l.rand.IntN(100); {
	case n < 75:
		published = onrecord.Date{Time: when.In(time.FixedZone("", (l.rand.IntN(9)-4)*3600)), Precision: onrecord.Instant}
	case n < 95:
		published = onrecord.Date{Time: when.Truncate(24 * time.Hour), Precision: onrecord.Day}
	}
	address := fmt.Sprintf("https://www.example.org/%04d/%d", l.rand.IntN(10_000), l.made)
	c := onrecord.Capture{
		Bytes: []byte(text), MediaType: "text/plain", Address: address,
		Retrieved: time.Date(2024, 3, 1, 0, 0, l.made, 0, time.UTC),
	}
	return ledger.Document{Capture: c, Analysis: a, Revision: onrecord.Revision{
		Capture: c.Hash(), ReadBy: "read.v1", Text: text, URL: address, Title: title, Language: "en", Published: published,
		Publisher: l.Publisher(int(l.publishers.Uint64())),
		Zones: []onrecord.Zone{
			{Kind: onrecord.Headline, Span: onrecord.Span{End: len(title)}},
			{Kind: onrecord.Body, Span: onrecord.Span{Start: len(title) + 2, End: len(text)}},
		},
	}}
}

// phrase is words in a row, each drawn by its frequency.
func (l *Load) phrase(words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.vocabulary[l.words.Uint64()])
	}
	return b.String()
}
