package read_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord/read"
)

// sentences are those of testdata/languages.txt, by language.
func sentences(t testing.TB) (list [][2]string) {
	t.Helper()
	content, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if name, sentence, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.HasPrefix(line, "#") {
			list = append(list, [2]string{name, sentence})
		}
	}
	return list
}

func TestLanguage(t *testing.T) {
	languages := map[string]bool{}
	for _, s := range sentences(t) {
		languages[s[0]] = true
		if got := read.Language(s[1]); got != s[0] {
			t.Errorf("%q for %q, want %q", got, s[1], s[0])
		}
	}
	if len(languages) < 60 {
		t.Errorf("%d languages, want 60", len(languages))
	}
}

// English with foreign words in it stays English, and so do a short headline and a list of
// names; nothing ("") is read as English.
func TestEnglishStaysEnglish(t *testing.T) {
	for _, text := range []string{
		"“Nous sommes prêts,” she said, which the crew took for a yes, and they went down to the dam with all they had.",
		"The Arabic sign over the door, السد صمد طوال الليل, was put up by the crew when the night was over.",
		"The word 水坝 means dam, and 大坝 a large one, the teacher told her class.",
		"Dam holds\n\n" + strings.Repeat("Ana Prado, Jo Lund, Ida Soria, Per Hale. ", 40) + "All of them were at the dam.",
		strings.Repeat("Ana Prado, Jo Lund, Ida Soria, Per Hale. ", 40),
		"PRADO 3 LUND 1 SORIA 2 HALE 0 MERO 4 BAK 4 TORRES 2 ILO 1 VANT 0",
		"WASHINGTON (AP) — “We did what we could with what we had,” she said, and left the room at once.",
		"Dam holds",
		"Oslo dam: live updates",
		"Sri Lanka v India",
		"Tour de France",
		"El Niño",
		"São Paulo",
		"Van Dijk, De Jong in Dutch squad",
		"Bayern München 2-1 Real Madrid",
		"Nkosazana Dlamini-Zuma",
		"Jakarta, Surabaya, Bandung",
		"@anaprado @jolund @idasoria",
		"https://dam.example/noticias/la-presa-aguanta-toda-la-noche",
		"ana.prado@dam.example",
		"1234 5678",
		"",
	} {
		if got := read.Language(text); got != "en" && got != "" {
			t.Errorf("%q for %.60q", got, text)
		}
	}
}

// Foreign text with English in it stays foreign.
func TestForeignStaysForeign(t *testing.T) {
	for want, text := range map[string]string{
		"ja": "iPhone 16 Pro Maxの新しいダムアプリが登場",
		"de": "„We are ready“, sagte sie, und die Mannschaft ging mit allem, was sie hatte, an den Damm hinunter.",
		"ru": "Плотина (dam) выдержала всю ночь, сообщает Oslo Dam Company",
		"zh": "AI公司OpenAI与Microsoft周二表示将合作修建大坝监测系统",
		"zu": "Umphathi weDam Safety Authority uthe idamu libambe ubusuku bonke futhi akekho umuntu olimele.",
	} {
		if got := read.Language(text); got != want {
			t.Errorf("%q for %q, want %q", got, text, want)
		}
	}
}

// A long text that is in no known language is foreign all the same.
func TestUnknownLanguage(t *testing.T) {
	text := strings.Repeat("selu dava hendi molaru pentoki vasu dremi kolatu sendra pilomi ", 15)
	if got := read.Language(text); got != "und" {
		t.Errorf("%q, want und", got)
	}
}

// A page's word about itself decides where the text leaves it open, and nowhere else.
func TestLanguageOf(t *testing.T) {
	const zulu = "Onjiniyela bathe ngoLwesibili idamu libambe ubusuku bonke futhi akekho umuntu olimele edolobheni."
	for _, test := range []struct{ what, title, body, declared, want string }{
		{"the template's language is not the text's", "Idamu libambile", zulu, "en-GB", "zu"},
		{"nor is a foreign one", "Dam holds", "The engineers said that the dam had held through the night.", "de", "en"},
		{"a title that tells nothing, and a body that does", "Ana Prado", zulu, "", "zu"},
		{"a body that is empty", "Der Damm hält dem Wasser in der Nacht stand", "", "", "de"},
		{"a short title", "Damm", "", "", ""},
		{"the same where the page declares it", "Damm", "", "de_DE", "de"},
		{"names where the page declares it", "Ana Prado: Jo Lund", "", "en", "en"},
		{"two near relatives", "Dammen holdt i natt", "", "no", "nb"},
		{"two near relatives, the other", "Dammen holdt i nat", "", "da-DK", "da"},
		{"kanji alone", "大坝整夜安然", "", "", "zh"},
		{"kanji alone, of a Japanese page", "東京電力会長辞任", "", "ja", "ja"},
		{"nothing", "", "", "fr", ""},
		{"no language", "The dam held through the night", "", "\x00<x>", "en"},
	} {
		if got := read.LanguageOf(test.title, test.body, test.declared); got != test.want {
			t.Errorf("%s: %q, want %q", test.what, got, test.want)
		}
	}
}

// FuzzLanguage holds that any bytes have an answer that has the form of a language's name,
// always the same.
func FuzzLanguage(f *testing.F) {
	for _, s := range sentences(f) {
		f.Add(s[1], s[0])
	}
	for _, seed := range []string{"\xff\xfe", "e\u0301\u0301\u0301", strings.Repeat("İ", 300), "''''’’’", "日", "\u200c\u200d", "a.b.c@d_e://"} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, text, declared string) {
		for _, told := range []string{read.Language(text), read.LanguageOf(text, declared, ""), read.LanguageOf("", text, declared)} {
			if len(told) > 3 || len(told) == 1 || strings.ToLower(told) != told || !utf8.ValidString(told) {
				t.Fatalf("%q is no language", told)
			}
		}
		if a, b := read.Language(text), read.Language(text); a != b {
			t.Fatalf("%q, then %q", a, b)
		}
	})
}

func BenchmarkLanguage(b *testing.B) {
	long := ""
	for _, s := range sentences(b) {
		if s[0] == "en" || s[0] == "de" {
			long += s[1] + "\n"
		}
	}
	for name, text := range map[string]string{
		"title": "Dam holds through the night, engineers say",
		"body":  strings.Repeat(long, 20),
		"han":   strings.Repeat("工程师周二表示，大坝整夜安然无恙。", 400),
	} {
		b.Run(name, func(b *testing.B) {
			read.Language(text) // the table is loaded once
			b.ReportAllocs()
			for b.Loop() {
				read.Language(text)
			}
		})
	}
}
