package who

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// Reference is one mention of a cluster.
type Reference struct {
	Span onrecord.Span // the whole phrase
	Head onrecord.Span // its head word
	Form onrecord.MentionForm

	// Beside tells a mention that stands beside another one of the cluster and
	// describes it or is a relative pronoun: by OntoNotes' rules, which the public
	// corpora go by, no mention of its own.
	Beside bool
}

// Clusters returns everybody and everything that a text refers to at least twice:
// each one's mentions in text order, the clusters in the order of their first
// mentions. Statements tell who speaks where; they may be none. A text without
// trees has no clusters.
func (r *Resolver) Clusters(text *onrecord.Text, statements []onrecord.Statement) [][]Reference {
	c := r.chains(text, statements)
	var out [][]Reference
	for i := range c.all {
		k := &c.all[i]
		if k.into > 0 || len(k.mentions) < 2 {
			continue
		}
		slices.Sort(k.mentions)
		var refs []Reference
		for _, i := range k.mentions {
			m := &c.mentions[i]
			described := m.predicate || m.apposed > 0 || m.pronoun != nil && m.pronoun.class == "relative"
			refs = append(refs, Reference{m.span, c.text.Tokens[m.head].Span, m.form, described})
		}
		if len(refs) > 1 {
			out = append(out, refs)
		}
	}
	slices.SortFunc(out, func(a, b []Reference) int {
		if a[0].Span.Start != b[0].Span.Start {
			return a[0].Span.Start - b[0].Span.Start
		}
		return b[0].Span.End - a[0].Span.End
	})
	return out
}

// chains resolves a text's mentions.
func (r *Resolver) chains(text *onrecord.Text, statements []onrecord.Statement) *chains {
	c := newChains(r.mentions(text))
	c.certain(statements)
	k := &ranker{chains: c}
	var p []float64
	for i := range c.mentions {
		if c.asks(i) {
			choices := k.gather(i)
			if len(choices) > 1 {
				r.model.score(choices)
				p = probabilities(choices, p)
				best := k.best(choices, p)
				if best == 0 {
					if to := k.alone(i, choices); to >= 0 {
						c.join(i, to, "singular-they", .5)
					}
				}
				if best > 0 {
					c.join(i, choices[best].mention, "ranked", k.sure(choices, p, best))
				}
			}
		}
		c.note(i)
	}
	return c
}

// certain joins what rules are sure of.
func (c *chains) certain(statements []onrecord.Statement) {
	c.byTree()
	c.byName()
	c.byRole()
	c.byHeadline()
	c.bySpeaker(statements)
}

// best is the likeliest choice of the chain that all choices together speak for.
func (r *ranker) best(choices []choice, p []float64) int {
	best, most := 0, p[0]
	for i := 1; i < len(choices); i++ {
		sum := 0.0
		k := r.chain(choices[i].mention)
		for j := 1; j < len(choices); j++ {
			if r.chain(choices[j].mention) == k {
				sum += p[j]
			}
		}
		if sum > most || best > 0 && r.chain(choices[best].mention) == k && p[i] > p[best] {
			best, most = i, sum
		}
	}
	return best
}

// alone is the subject that a "their" of the same clause belongs to where the
// ranker has nobody for it: "The caller gave their name." It is -1 for none.
func (r *ranker) alone(i int, choices []choice) int {
	m := &r.mentions[i]
	if m.pronoun == nil || m.pronoun.family != "they" || m.pronoun.class == "personal" {
		return -1
	}
	for _, c := range choices {
		if c.mention < 0 {
			continue
		}
		if o := &r.mentions[c.mention]; o.relation == subject && o.verb == m.verb && o.nature == personNature && o.sentence == m.sentence {
			return c.mention
		}
	}
	return -1
}

// sure is the share of all choices that lead to the chosen one's chain.
func (r *ranker) sure(choices []choice, p []float64, best int) float64 {
	k, sum := r.chain(choices[best].mention), 0.0
	for i := 1; i < len(choices); i++ {
		if r.chain(choices[i].mention) == k {
			sum += p[i]
		}
	}
	return sum
}

// note makes a mention known, by its chain and by its head, to those further on.
func (c *chains) note(i int) {
	m := &c.mentions[i]
	k := &c.all[c.chain(i)]
	if len(k.past) == remembered {
		k.past = append(k.past[:0], k.past[1:]...)
	}
	k.past = append(k.past, i)
	word := m.headWord
	if m.pronoun != nil {
		word = m.pronoun.family
	}
	if m.pronoun != nil && m.pronoun.person == 3 || m.joint {
		return
	}
	known := c.heads[word]
	if len(known) >= 8 {
		copy(known[1:], known[2:])
		known = known[:len(known)-1]
	}
	c.heads[word] = append(known, i)
}
