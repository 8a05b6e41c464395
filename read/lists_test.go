package read

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"
)

// Every list is read whole: no entry twice, none that its use could not find.
func TestLists(t *testing.T) {
	for name, file := range map[string]string{
		"agencies": agenciesFile, "labels": labelsFile, "regions": regionsFile, "towns": townsFile, "debris": debrisFile, "outlets": outletsFile, "languages": languagesFile, "hints": hintsFile,
	} {
		if !strings.HasPrefix(file, "# ") || !strings.Contains(file, "Source:") || !strings.Contains(file, "Licence:") {
			t.Errorf("%s: no header that tells what it is, its source and licence", name)
		}
		seen := map[string]bool{}
		for _, entry := range entries(file) {
			if seen[entry] {
				t.Errorf("%s: %q twice", name, entry)
			}
			seen[entry] = true
		}
	}
	for _, label := range entries(labelsFile) {
		if label != strings.ToUpper(label) {
			t.Errorf("label %q is not in capitals", label)
		}
	}
	for _, place := range slices.Concat(entries(regionsFile), entries(townsFile)) {
		if !capitalised(place, maxPlaceWords+1) {
			t.Errorf("place %q would never be taken for one", place)
		}
	}
	for _, line := range entries(debrisFile) {
		if line != strings.ToLower(line) || len(line) > maxDebris {
			t.Errorf("debris %q is not in lower case, or too long", line)
		}
		if line := strings.TrimSuffix(line, "…"); !isDebris(line+" dam") && !isDebris(line) {
			t.Errorf("debris %q is not found", line)
		}
	}
}

// No way of signing belongs to two agencies.
func TestAgencies(t *testing.T) {
	owner := map[string]string{}
	for _, line := range entries(agenciesFile) {
		forms := strings.Split(line, "|")
		own := strings.TrimSpace(forms[0])
		for _, form := range forms {
			form = strings.ToLower(strings.TrimSpace(form))
			if other, taken := owner[form]; taken && other != own || form == "" {
				t.Errorf("%q signs for %q and %q", form, other, own)
			}
			owner[form] = own
			if name, known := agency(form); !known || name != own {
				t.Errorf("%q is %q, want %q", form, name, own)
			}
		}
	}
}

// Names of languages are BCP 47, and their words are whole words in lower case,
// enough of them to tell by.
func TestLanguageList(t *testing.T) {
	for _, line := range entries(languagesFile) {
		name, list, ok := strings.Cut(line, ":")
		if _, err := language.Parse(name); !ok || err != nil {
			t.Errorf("%.30q: %v", line, err)
		}
		words := strings.Fields(list)
		if len(words) < 20 {
			t.Errorf("%s: %d words", name, len(words))
		}
		for _, word := range words {
			if word != strings.ToLower(word) || strings.ContainsFunc(word, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\''
			}) {
				t.Errorf("%s: %q is no word in lower case", name, word)
			}
		}
	}
	for _, s := range scripts {
		if _, err := language.Parse(s.language); s.language != "" && err != nil {
			t.Errorf("%s: %v", s.language, err)
		}
	}
}

func TestHints(t *testing.T) {
	for _, c := range []struct {
		classes string
		want    hint
	}{
		{"related-articles", dropHint},
		{"unrelated", noHint},
		{"js-readMore_box", dropHint},
		{"article body", noHint},
		{"articleNewsletter", dropHint},
		{"wp-caption-text", captionHint},
		{"post__byline", bylineHint},
		{"author-bio", dropHint},
		{"read", noHint},
	} {
		if got := hintIn(c.classes); got != c.want {
			t.Errorf("%q: %d, want %d", c.classes, got, c.want)
		}
	}
	for _, line := range entries(hintsFile) {
		kind, words, _ := strings.Cut(line, " ")
		if kind != "drop" && kind != "caption" && kind != "byline" || words == "" || words != strings.ToLower(words) || len(strings.Fields(words)) > hintWords {
			t.Errorf("line %q", line)
		}
	}
}

func TestMonths(t *testing.T) {
	for line, want := range map[string]string{
		"Published 3 March 2024, 10:30":    "2024-03-03",
		"Stand: 05.03.2024, 17:30 Uhr":     "2024-03-05",
		"mardi 5 mars 2024 à 18h":          "2024-03-05",
		"2024年3月5日":                        "2024-03-05",
		"Updated 3/4/2024":                 "", // one of two days
		"Updated 3/24/2024 at 6:55 AM EST": "2024-03-24",
		"5 days ago":                       "",
	} {
		if !isStamp(line) && want != "2024-03-05" {
			t.Errorf("%q is no date", line)
		}
		if got := stampDay(line).String(); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	for _, line := range []string{"March of the 300", "May", "The dam held on 3 March 2024", "1 2 3 go"} {
		if isStamp(line) {
			t.Errorf("%q is a date", line)
		}
	}
	for n := 1; n <= 12; n++ {
		found := 0
		for _, month := range months() {
			if month == n {
				found++
			}
		}
		if found < 5 {
			t.Errorf("month %d has %d names", n, found)
		}
	}
}
