package who_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/who"
)

// made is a text of n words in sentences of 200, tagged and hung by hand: every
// word is one kind of mention, as no analyser would find them.
func made(n int, word func(i int) (string, onrecord.Token)) (*onrecord.Text, []onrecord.Statement) {
	var b strings.Builder
	text := &onrecord.Text{}
	var statements []onrecord.Statement
	for i := range n {
		if i%200 == 0 {
			text.Sentences = append(text.Sentences, onrecord.Sentence{First: i, Last: min(i+200, n), Span: onrecord.Span{Start: b.Len()}})
		}
		form, tok := word(i)
		tok.Span = onrecord.Span{Start: b.Len(), End: b.Len() + len(form)}
		tok.Lemma = form
		tok.Head = max(tok.Head, i-i%200)
		text.Tokens = append(text.Tokens, tok)
		b.WriteString(form + " ")
		text.Sentences[len(text.Sentences)-1].Span.End = b.Len()
		statements = append(statements, onrecord.Statement{
			ID: onrecord.ID(fmt.Sprint("S", i)), Verbatim: []onrecord.Span{tok.Span},
			Source: onrecord.Source{Spans: []onrecord.Span{tok.Span}, Kind: onrecord.PersonSource},
		})
	}
	text.Source = b.String()
	return text, statements
}

// A hundred thousand mentions take a second or two, whatever they are; where a way
// back is not bounded they take minutes.
func TestManyMentionsStayLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	_, resolver := loaded(t)
	for name, word := range map[string]func(i int) (string, onrecord.Token){
		"one pronoun": func(int) (string, onrecord.Token) {
			return "he", onrecord.Token{UPOS: "PRON", XPOS: "PRP", Relation: "nsubj"}
		},
		"first persons": func(int) (string, onrecord.Token) {
			return "I", onrecord.Token{UPOS: "PRON", XPOS: "PRP", Relation: "nsubj"}
		},
		"one name": func(int) (string, onrecord.Token) {
			return "Quist", onrecord.Token{UPOS: "PROPN", XPOS: "NNP", Relation: "nsubj"}
		},
		"names all different": func(i int) (string, onrecord.Token) {
			return fmt.Sprint("Quist", i), onrecord.Token{UPOS: "PROPN", XPOS: "NNP", Relation: "obj"}
		},
		"one noun": func(int) (string, onrecord.Token) {
			return "boat", onrecord.Token{UPOS: "NOUN", XPOS: "NN", Relation: "obj"}
		},
		"nouns in nouns": func(i int) (string, onrecord.Token) {
			return "boat", onrecord.Token{UPOS: "NOUN", XPOS: "NN", Relation: "nmod", Head: i - 1}
		},
		"names and pronouns joined": func(i int) (string, onrecord.Token) {
			if i%2 == 0 {
				return "they", onrecord.Token{UPOS: "PRON", XPOS: "PRP", Relation: "nsubj"}
			}
			return "Quist", onrecord.Token{UPOS: "PROPN", XPOS: "NNP", Relation: "conj"}
		},
		"relative pronouns": func(i int) (string, onrecord.Token) {
			return "who", onrecord.Token{UPOS: "PRON", XPOS: "WP", Relation: "acl:relcl", Head: i - 1}
		},
		"appositions": func(i int) (string, onrecord.Token) {
			return "minister", onrecord.Token{UPOS: "NOUN", XPOS: "NN", Relation: "appos", Head: i - 1}
		},
	} {
		n := 20_000
		if name == "one pronoun" || name == "names and pronouns joined" {
			n = 100_000
		}
		text, statements := made(n, word)
		start := time.Now()
		resolver.Resolve(text, statements)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// The same text gives the same findings, and links lead to entities that are there.
func TestSameTextSameFindings(t *testing.T) {
	analyser, resolver := loaded(t)
	text, statements := analysed(t, analyser, harbour)
	entities, links := resolver.Resolve(text, statements)
	if len(links) < 6 {
		t.Errorf("%d links in a text of many statements", len(links))
	}
	for range 3 {
		again, err := who.New()
		if err != nil {
			t.Fatal(err)
		}
		e, l := again.Resolve(text, statements)
		if diff := cmp.Diff(entities, e) + cmp.Diff(links, l); diff != "" {
			t.Fatalf("first (-), then (+):\n%s", diff)
		}
	}
	ids := map[onrecord.ID]bool{}
	for _, e := range entities {
		ids[e.ID] = true
		for i, m := range e.Mentions {
			if !m.Span.Valid(text.Source) || m.Span.Empty() || i > 0 && m.Span.Start < e.Mentions[i-1].Span.Start {
				t.Errorf("%s: mention %d is %v", e.Name, i, m.Span)
			}
		}
	}
	for _, l := range links {
		if !ids[l.Entity] || l.Confidence <= 0 || l.Confidence > 1 || l.Rule == "" {
			t.Errorf("link %+v", l)
		}
	}
}
