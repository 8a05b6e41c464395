package ledgertest

import "github.com/onrecord/onrecord"

// Made-up articles that the suite's cases share.
var (
	harbour = Story{
		URL: "https://www.harbour-times.example/bridge", Title: "Bridge to close for the winter", Published: "2024-02-24T18:05:00+03:00",
		Text: "Bridge to close for the winter\n\n" +
			"Mayor Inés Núñez said the old bridge would close in November. " +
			"“We cannot wait any longer,” she told reporters. " +
			"Engineer Paul Hart denied that the pillars were unsafe. " +
			"The union has warned of long detours.",
		Says: []Say{
			{Source: "Mayor Inés Núñez", Cue: "said", Content: "the old bridge would close in November", Speaker: "Inés Núñez"},
			{Source: "she", Cue: "told", Content: "reporters", Speaker: "Inés Núñez", Quoted: onrecord.Direct},
			{Source: "Engineer Paul Hart", Cue: "denied", Content: "that the pillars were unsafe", Speaker: "Paul Hart", Confidence: 0.6},
			{Source: "The union", Cue: "has warned of", Content: "long detours", Confidence: 0.4},
		},
	}
	orchard = Story{
		URL: "https://orchard.example/frost", Title: "Late frost worries growers", Publisher: "The Orchard Post", Published: "2024-03-02",
		Text: "Late frost worries growers\n\n" +
			"Inés Núñez said the city would help the growers. " +
			"Grower Ada Bell said the frost had taken half of the bridge orchard's blossom.",
		Says: []Say{
			{Source: "Inés Núñez", Cue: "said", Content: "the city would help the growers", Speaker: "Inés Núñez"},
			{Source: "Grower Ada Bell", Cue: "said", Content: "the frost had taken half of the bridge orchard's blossom", Speaker: "Ada Bell"},
		},
	}
	// It has no date of its own, and comes from a file.
	notice = Story{
		Path: "/archive/notice.txt", Title: "Notice",
		Text: "Notice\n\nThe council says that dogs stay on the lead near the bridge.",
		Says: []Say{{Source: "The council", Cue: "says", Content: "that dogs stay on the lead near the bridge"}},
	}
	// A headline that its first sentence repeats.
	repeated = Story{
		URL: "https://orchard.example/vote", Title: "Hart: vote was fair", Published: "2023-11",
		Text: "Hart: vote was fair\n\nPaul Hart said the vote was fair.",
		Says: []Say{
			{Source: "Hart", Cue: ":", Content: "vote was fair", Speaker: "Paul Hart", Repeats: "S2"},
			{Source: "Paul Hart", Cue: "said", Content: "the vote was fair", Speaker: "Paul Hart"},
		},
	}
	foreign = Story{
		URL: "https://hafen.example/bruecke", Title: "Brücke gesperrt", Language: "de", Published: "2024-02-25",
		Text: "Brücke gesperrt\n\nDie Stadt sperrt die Brücke.",
	}
)

// with is the story with another text, in which words are replaced in pairs, and
// in what is said as well.
func (s Story) with(change func(*Story)) Story {
	s.Says = append([]Say(nil), s.Says...)
	change(&s)
	return s
}
