package read

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

// TestMakeArchive writes an archive of made-up pages of about 500 words with some 28
// statements each, for measuring how fast a whole archive is read and kept:
//
//	ONRECORD_LOAD=10000 ONRECORD_LOAD_ARCHIVE=news.warc.gz go test ./read -run TestMakeArchive
//	onrecord --ledger news.db read --quiet news.warc.gz
func TestMakeArchive(t *testing.T) {
	path := os.Getenv("ONRECORD_LOAD_ARCHIVE")
	if path == "" {
		t.Skip("ONRECORD_LOAD_ARCHIVE names no file to write")
	}
	n, err := strconv.Atoi(os.Getenv("ONRECORD_LOAD"))
	if err != nil {
		t.Fatal("ONRECORD_LOAD says how many articles:", err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	b := bufio.NewWriter(f)
	w, random := NewWARCWriter(b), rand.New(rand.NewPCG(1, 2))
	for i := range n {
		c := onrecord.Capture{
			Bytes: []byte(madeUpPage(random, i)), MediaType: "text/html; charset=utf-8", Retrieved: time.Date(2024, 3, 1, 0, 0, i, 0, time.UTC),
			Address: fmt.Sprintf("https://outlet%d.example/2024/report-%d", i%50, i),
		}
		if err := w.Write(&c); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// What made-up pages are put together from.
var (
	madeUpNames  = []string{"Nora Berg", "Paul Hart", "Ada Bell", "Inés Núñez", "Omar Haddad", "Li Wen", "Grace Otieno", "Jonas Vik"}
	madeUpRoles  = []string{"Mayor", "Interior Minister", "Engineer", "Professor", "Spokesman", "General"}
	madeUpTowns  = []string{"Bergen", "Baghdad", "Nairobi", "Lima", "Oslo", "Mosul", "Paris", "Hanoi"}
	madeUpThings = []string{"the bridge", "the ceasefire", "the harvest", "the new port", "the election", "the budget", "the dam", "the hospital"}
	madeUpCues   = []string{"said on Tuesday that", "warned that", "denied that", "told reporters that", "insisted that", "believes that"}
	madeUpStates = []string{"would close in November", "was safe for now", "had been agreed with neighbours", "needed more money than parliament gave", "was a matter for the courts", "could not wait any longer"}
)

func madeUpPage(random *rand.Rand, i int) string {
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	var text strings.Builder
	for words := 0; words < 500; {
		s := fmt.Sprintf("%s %s %s %s %s. ", pick(madeUpRoles), pick(madeUpNames), pick(madeUpCues), pick(madeUpThings), pick(madeUpStates))
		switch random.IntN(3) {
		case 0:
			s += fmt.Sprintf("“We looked at %s in %s and it %s,” %s said. ", pick(madeUpThings), pick(madeUpTowns), pick(madeUpStates), pick([]string{"he", "she"}))
		case 1:
			s += fmt.Sprintf("Officials in %s have worked on %s for %d years, and about %d people live near it. ", pick(madeUpTowns), pick(madeUpThings), random.IntN(20)+2, random.IntN(9000))
		}
		words += len(strings.Fields(s))
		text.WriteString("<p>" + s + "</p>\n")
	}
	thing, town := pick(madeUpThings), pick(madeUpTowns)
	return fmt.Sprintf("<!doctype html><html lang=en><head><title>Report %[1]d on %[2]s | Example</title><meta property='article:published_time' content='2024-02-%02[3]dT10:00:00Z'><meta property='og:site_name' content='Outlet %[4]d'></head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Report %[1]d on %[2]s in %[5]s</h1><p>%[6]s (Reuters) - Report %[1]d.</p>%[7]s</article><footer>Copyright</footer></body></html>",
		i, thing, 1+random.IntN(28), random.IntN(50), town, strings.ToUpper(town), text.String())
}
