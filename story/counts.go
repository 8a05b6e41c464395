package story

import (
	"cmp"

	"github.com/onrecord/onrecord"
)

// Member is an article of a story, as [Counts] wants it.
type Member struct {
	Article   onrecord.ID
	Text      onrecord.ID // first carrier of its text; empty for a text of its own
	Publisher string      // or the host; empty where both are unknown
	Agency    string      // the wire service credited, if any
}

// Counts are the three numbers that a story is reported by: its articles; the distinct
// texts they carry; and the sources that are independent of each other. An
// article that credits an agency counts as the agency, wherever it stands; all
// articles that carry one text count as the agency that one of them credits or else as
// the first carrier's publisher; a publisher counts once; one that is unknown
// counts on its own.
func Counts(members []Member) (reports, texts, sources int) {
	articles := map[onrecord.ID]bool{}
	bearers := map[onrecord.ID]string{} // by text: whose it is
	credited := map[onrecord.ID]bool{}
	for _, m := range members {
		articles[m.Article] = true
		text := cmp.Or(m.Text, m.Article)
		agency, publisher := folded(m.Agency), folded(m.Publisher)
		switch was, seen := bearers[text]; {
		case agency != "" && !credited[text]:
			bearers[text], credited[text] = agency, true
		case !seen, m.Article == text && !credited[text], was == "" && !credited[text]:
			bearers[text] = publisher
		}
	}
	named := map[string]bool{}
	for _, bearer := range bearers {
		if bearer == "" {
			sources++
			continue
		}
		named[bearer] = true
	}
	return len(articles), len(bearers), sources + len(named)
}
