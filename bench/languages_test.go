package bench_test

import (
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/read"
)

// page writes a publisher's page and article.
func writePublisher(t *testing.T, dir, name, page, article string) {
	t.Helper()
	stem := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(stem), 0o750); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(stem + "_2026_01_01.html.gz")
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	_, err = z.Write([]byte(page))
	if err := errors.Join(err, z.Close(), f.Close(), os.WriteFile(stem+".json", []byte(article), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestOpenLanguages(t *testing.T) {
	dir := t.TempDir()
	writePublisher(t, dir, "no/Dam", `<!doctype html><html class=x lang="no-NO">`, `{"V1": {"title": "Dammen holdt", "body": {"summary": ["Kort."], "sections": [{"headline": ["Natten"], "paragraphs": ["Lang."]}]}}}`)
	writePublisher(t, dir, "de/Damm", `<html><meta property="og:locale" content="de_AT">`, `{"V1": {"title": "Der Damm hielt"}, "V2": {"title": "Später"}}`)
	writePublisher(t, dir, "za/Isolezwe", `<html lang="en">`, `{"V1": {"title": "Idamu"}}`)
	articles, err := bench.OpenLanguages(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range articles {
		got = append(got, strings.Join([]string{a.Name, a.Language, a.Declared, a.Title, strings.ReplaceAll(a.Body, "\n\n", "¶")}, "|"))
	}
	want := []string{
		"de/Damm/V1|de|de_AT|Der Damm hielt|",
		"de/Damm/V2|de|de_AT|Später|",
		"no/Dam/V1|nb|no-NO|Dammen holdt|Kort.¶Natten¶Lang.",
		"za/Isolezwe/V1|zu|en|Idamu|",
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("read\n%s\nwant\n%s", g, w)
	}

	writePublisher(t, dir, "xx/Silent", `<html>`, `{"V1": {"title": "Tacet"}}`)
	if _, err := bench.OpenLanguages(dir); !errors.Is(err, onrecord.ErrInvalid) {
		t.Errorf("a publisher that declares nothing: %v", err)
	}
	if _, err := bench.OpenLanguages(t.TempDir()); !errors.Is(err, onrecord.ErrNotFound) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestScoreLanguages(t *testing.T) {
	articles := []bench.Spoken{
		{Language: "de", Title: "eins", Body: "zwei"},
		{Language: "de", Title: "one", Body: "zwei"},
		{Language: "en", Title: "one"}, // what is empty is not counted
		{Language: "en", Title: "?", Body: "zwei"},
	}
	words := map[string]string{"eins": "de", "zwei": "de", "one": "en"}
	figures := bench.ScoreLanguages(articles, func(text string) string { return words[text] },
		func(_, _, _ string) string { return "en" })
	for row, want := range map[string]float64{"titles": 0.5, "bodies": 2.0 / 3, "articles": 1.0 / 3} {
		if got := figures.Accuracy(row); got != want {
			t.Errorf("%s: %v, want %v", row, got, want)
		}
	}
	var b strings.Builder
	if _, err := figures.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"titles     0.5000   (2 right of 4, 1 not told, ", "2 languages: de 2 en 2\n", "en taken for de: 3\n", "en taken for nothing: 1\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

// What the house asks for: titles right in 96 of 100, bodies in 99.
func TestLanguagesOfNews(t *testing.T) {
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		t.Skip("ONRECORD_SHARED is unset: no corpus")
	}
	articles, err := bench.OpenLanguages(filepath.Join(shared, "data", "html", "fundus"))
	if err != nil {
		t.Fatal(err)
	}
	figures := bench.ScoreLanguages(articles, read.Language, read.LanguageOf)
	for row, least := range map[string]float64{"titles": 0.96, "first 200": 0.98, "bodies": 0.99, "articles": 0.99} {
		if got := figures.Accuracy(row); got < least {
			t.Errorf("%s: %.4f, want %.2f", row, got, least)
		}
	}
}
