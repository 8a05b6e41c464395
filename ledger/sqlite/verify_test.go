package sqlite

import (
	"testing"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

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
