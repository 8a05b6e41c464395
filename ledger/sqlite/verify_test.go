package sqlite

import (
	"runtime"
	"testing"
	"unsafe"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// An article's text is read once for all its statements, over many reads of the
// ledger, and again only where it was written to between two of them.
func TestVerifyReadsALongTextOnce(t *testing.T) {
	s, load := fresh(t), ledgertest.NewLoad(1)
	load.Statements = 3 * verifyPage
	doc := load.Next()
	kept, err := s.Keep(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []bool{false, true} {
		reads, looked := map[*byte]bool{}, 0
		var texts []string // kept, so that none takes another's place
		look := func(v *verifier, id int64) (ledger.Finding, error) {
			f, err := v.statement(id)
			text := v.held.revisions[0].row.revision.Text
			if !reads[unsafe.StringData(text)] {
				reads[unsafe.StringData(text)], texts = true, append(texts, text)
			}
			return f, err
		}
		s.verifyPart(t.Context(), part{"SELECT id FROM statements WHERE id > ? ORDER BY id LIMIT ?", look}, func(f ledger.Finding, err error) bool {
			if err != nil || f.Problem != "" {
				t.Errorf("%+v, %v", f, err)
			}
			if looked++; change && looked == 1 {
				newer := doc.Analysis
				newer.MadeBy = onrecord.Versions{"said": "said.v2"}
				if _, err := s.Reanalysed(t.Context(), kept[0].Article, doc.Revision, newer); err != nil {
					t.Fatal(err)
				}
			}
			return true
		})
		want := 1
		if change {
			want = 2
		}
		if looked != load.Statements || len(reads) != want {
			t.Errorf("%d statements looked at, the text read %d times; want %d, %d", looked, len(reads), load.Statements, want)
		}
		runtime.KeepAlive(texts)
	}
}

// BenchmarkVerify looks at everything in a ledger of 640 articles.
func BenchmarkVerify(b *testing.B) {
	s := opened(b, b.TempDir()+"/ledger.db")
	load := ledgertest.NewLoad(1)
	const articles = 640
	for range articles / 64 {
		docs := make([]ledger.Document, 64)
		for i := range docs {
			docs[i] = load.Next()
		}
		if _, err := s.Keep(b.Context(), docs...); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		for f, err := range s.Verify(b.Context()) {
			if err != nil || f.Problem != "" {
				b.Fatal(f, err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*articles), "µs/article")
}
