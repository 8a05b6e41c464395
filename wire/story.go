package wire

import (
	"cmp"
	"io"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Story is articles on one happening, with the three counts.
type Story struct {
	ID       onrecord.ID   `json:"id"`
	Title    string        `json:"title"`
	Reports  int           `json:"reports"` // articles
	Texts    int           `json:"texts"`   // distinct ones
	Sources  int           `json:"sources"` // independent of each other
	First    time.Time     `json:"first"`
	Last     time.Time     `json:"last"`
	Articles []StoryMember `json:"articles"` // in order of time
}

// StoryMember is an article of a story.
type StoryMember struct {
	Article     onrecord.ID   `json:"article_id"`
	Title       string        `json:"title"`
	Publisher   string        `json:"publisher"`
	Agency      string        `json:"agency,omitempty"`
	URL         string        `json:"url,omitempty"`
	At          time.Time     `json:"at"`
	Text        onrecord.ID   `json:"text"` // the article that carried its text first
	Relation    string        `json:"relation,omitempty"`
	Containment float64       `json:"containment,omitempty"`
	Score       float64       `json:"score"`
	Why         string        `json:"why,omitempty"`
	ByPerson    bool          `json:"by_person"`
	Revision    onrecord.Hash `json:"revision"` // of the text that was compared
}

// EncodeStory puts a story into the shape of the contract.
func EncodeStory(s *ledger.Story, reports, texts, sources int) Story {
	out := Story{ID: s.ID, Title: s.Title, Reports: reports, Texts: texts, Sources: sources, First: s.First.UTC(), Last: s.Last.UTC(), Articles: []StoryMember{}}
	for i := range s.Members {
		m := &s.Members[i]
		member := StoryMember{
			Article: m.Ref.ID, Title: m.Ref.Title, Publisher: cmp.Or(m.Ref.Publisher, m.Publisher), Agency: m.Agency, URL: m.Ref.Address, At: m.At.UTC(),
			Text: m.Text, Score: m.Score, Why: m.Why, ByPerson: m.ByPerson, Revision: m.Hash,
		}
		if m.Text != m.Ref.ID && len(m.Copies) > 0 {
			member.Relation, member.Containment = m.Copies[0].Relation, m.Copies[0].Containment
		}
		out.Articles = append(out.Articles, member)
	}
	return out
}

// WriteStory writes a story as a line of JSON.
func WriteStory(w io.Writer, s Story) error { return writeLine(w, s) }
