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
		"agencies": agenciesFile, "labels": labelsFile, "regions": regionsFile, "towns": townsFile, "debris": debrisFile, "outlets": outletsFile, "languages": languagesFile,
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
