package sqlite

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
)

var update = flag.Bool("update", false, "write golden files anew")

// statement is what a string literal of this package that is SQL begins with.
var statement = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|COMMIT|ROLLBACK)\b`)

// TestEveryStatementPrepares finds all SQL in the package's source, literals and
// sums of literals, and prepares it against the migrated schema.
func TestEveryStatementPrepares(t *testing.T) {
	s := fresh(t)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			expr, ok := node.(ast.Expr)
			if !ok {
				return true
			}
			text, whole := literal(expr)
			if !whole {
				return true
			}
			// Parts that a query is put together from at run time are covered by
			// TestPlans.
			if statement.MatchString(text) && !strings.Contains(text, "%") && !strings.HasSuffix(text, " ") {
				n++
				if _, err := s.prepared.stmt(t.Context(), text); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
			return false
		})
	}
	if n < 80 {
		t.Errorf("only %d statements found", n)
	}
}

// literal is the text of a string literal or a sum of them.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, ok2 := literal(e.Y)
		return a + b, ok && ok2
	default:
		return "", false
	}
}

// TestPlans compares how SQLite goes about the hot queries with a golden file, so
// that a scan or a sort that slips in is seen. -update writes it anew.
func TestPlans(t *testing.T) {
	s := fresh(t)
	ledgertest.Fill(t, s)
	day := onrecord.Date{Time: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC), Precision: onrecord.Day}
	var out strings.Builder
	for _, c := range []struct {
		name string
		q    ledger.Query
	}{
		{"everything", ledger.Query{}},
		{"everything, oldest first", ledger.Query{Oldest: true}},
		{"about, oldest first", ledger.Query{About: "bridge", Oldest: true}},
		{"a speaker, oldest first", ledger.Query{SpeakerKey: "ines-nunez", Oldest: true}},
		{"between dates", ledger.Query{Since: day, Until: day}},
		{"about", ledger.Query{About: "bridge"}},
		{"by and about, between dates, with filters", ledger.Query{By: "nunez", About: "bridge", Since: day, Until: day, Quoted: onrecord.Direct, MinConfidence: 0.5}},
		{"a speaker", ledger.Query{SpeakerKey: "ines-nunez"}},
		{"a speaker about", ledger.Query{SpeakerKey: "ines-nunez", About: "bridge"}},
		{"a publisher", ledger.Query{Publisher: "The Orchard Post"}},
		{"an article", ledger.Query{Article: articleID(t, s), About: "bridge"}},
	} {
		err := s.view(t.Context(), "plan", func(r reader) error {
			p, err := planOf(r, &c.q)
			if err != nil || p == nil {
				return fmt.Errorf("%s: no plan: %w", c.name, err)
			}
			if c.q.Oldest {
				for _, part := range []stretch{{from: 1 << 40, to: 1 << 41}, {from: 1 << 40, rising: true}} {
					sql, args := p.hits(part, 51)
					fmt.Fprintf(&out, "said: %s, %+v\n%s\n", c.name, part, explain(t, r, sql, args))
				}
				return nil
			}
			sql, args := p.hits(stretch{to: 1 << 40}, 51)
			fmt.Fprintf(&out, "said: %s\n%s\n", c.name, explain(t, r, "WITH hits (place) AS MATERIALIZED ("+sql+") "+recordSQL+newestOrder, args))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ name, sql string }{
		{"speakers, all", speakersSQL},
		{"speakers by name", namesSQL},
		{"a speaker's last date", heardSQL + "DESC LIMIT 1"},
		{"stale articles", staleArticlesSQL},
		{"current revision", currentRevisionSQL},
		{"statements of an article", statementsOfSQL},
		{"reviews of a statement", reviewsSQL + "WHERE r.target = ? ORDER BY r.id"},
		{"newest IDs", newestIDsSQL},
		{"IDs of a revision", strings.ReplaceAll(idsOfRevisionSQL, "?1", "1")},
		{"a text that was there before", sameTextSQL},
		{"times longer than a day", widestSQL},
		{"hosts with a lead due", hostsSQL},
		{"leads of a host that are due", leadSQL + "WHERE due > 0 AND due <= ? AND host = ? ORDER BY due, id LIMIT ?"},
		{"a lead by its address", leadSQL + "WHERE address = ?"},
		{"records by their places", "WITH hits (place) AS MATERIALIZED (" + namedHits + ") " + recordSQL + oldestOrder},
	} {
		err := s.view(t.Context(), "plan", func(r reader) error {
			args := make([]any, strings.Count(c.sql, "?"))
			for i := range args {
				args[i] = "1"
			}
			fmt.Fprintf(&out, "%s\n%s\n", c.name, explain(t, r, c.sql, args))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "testdata/plans.txt", out.String())
}

// explain is SQLite's plan, a line a step.
func explain(t *testing.T, r reader, sql string, args []any) string {
	t.Helper()
	var out strings.Builder
	depth := map[int]int{0: 0}
	err := r.rows("EXPLAIN QUERY PLAN "+sql, args, func(scan func(...any) error) error {
		var id, parent, unused int
		var step string
		err := scan(&id, &parent, &unused, &step)
		depth[id] = depth[parent] + 1
		out.WriteString(strings.Repeat("  ", depth[id]) + step + "\n")
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out.String()
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", path, diff)
	}
}

func articleID(t *testing.T, s *Store) onrecord.ID {
	t.Helper()
	refs, _, err := s.Articles(t.Context(), ledger.ArticleQuery{})
	if err != nil || len(refs) == 0 {
		t.Fatal(err)
	}
	return slices.MaxFunc(refs, func(a, b ledger.ArticleRef) int { return a.Statements - b.Statements }).ID
}
