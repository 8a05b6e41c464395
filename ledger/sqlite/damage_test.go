package sqlite

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/onrecord/onrecord/ledger/ledgertest"
)

// TestVerifyNamesDamage changes one value in each column of each table, a bit or
// a letter of it, and wants Verify to find it.
func TestVerifyNamesDamage(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	s := fresh(t)
	ledgertest.Fill(t, s)
	if err := s.Backup(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns(t, s.read) {
		t.Run(c.table+"."+c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if !damage(t, path, c) {
				t.Fatalf("no row of %s to change: Fill should make one", c.table)
			}
			problems := problemsOf(t, path)
			if len(problems) == 0 {
				t.Errorf("nothing found")
			}
			t.Logf("%q", problems)
		})
	}
}

type column struct{ table, name, kind string }

// columns are those of the ledger's own tables.
func columns(t *testing.T, db *sql.DB) (list []column) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
 WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT GLOB 'words_*' AND m.name NOT GLOB 'titles_*' AND m.name NOT GLOB 'names_*'
 AND c.name <> 'one' AND m.name NOT GLOB 'sqlite_*' AND m.name NOT GLOB 'goose_*' ORDER BY 1, c.cid`)
	err = every(rows, err, func(scan func(...any) error) error {
		var c column
		err := scan(&c.table, &c.name, &c.kind)
		list = append(list, c)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if tables := slices.CompactFunc(slices.Clone(list), func(a, b column) bool { return a.table == b.table }); len(tables) < 18 {
		t.Fatalf("%d tables, expected all of them", len(tables))
	}
	return list
}

// damage changes a column of the last row that has a value there.
func damage(t *testing.T, path string, c column) bool {
	t.Helper()
	db, err := openRaw(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	change := map[string]string{
		"INTEGER": "%[2]s + 1",
		"REAL":    "%[2]s + 0.01",
		"TEXT":    "substr(%[2]s, 1, length(%[2]s) / 2) || char(unicode(substr(%[2]s, length(%[2]s) / 2 + 1, 1)) + 1) || substr(%[2]s, length(%[2]s) / 2 + 2)",
		"BLOB": "unhex(substr(hex(%[2]s), 1, 2 * (length(%[2]s) / 2)) || printf('%%02X', (unicode(char(instr('0123456789ABCDEF', substr(hex(%[2]s), 2 * (length(%[2]s) / 2) + 1, 1)))) * 16 + 1) %% 256)" +
			" || substr(hex(%[2]s), 2 * (length(%[2]s) / 2) + 3))",
	}[c.kind]
	key := map[string]string{"aliases": "address", "history": "statement || ' ' || version", "unwanted": "hex(hash)"}[c.table]
	if key == "" {
		key = "rowid"
	}
	query := fmt.Sprintf("UPDATE %[1]s SET %[2]s = "+change+" WHERE "+key+" = (SELECT max("+key+") FROM %[1]s WHERE %[2]s IS NOT NULL AND (typeof(%[2]s) IN ('integer', 'real') OR length(%[2]s) > 0))", c.table, c.name)
	var before, after string
	const sum = "SELECT group_concat(hex(%[2]s), ' ') FROM %[1]s"
	if err := db.QueryRowContext(t.Context(), fmt.Sprintf(sum, c.table, c.name)).Scan(&before); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if err := db.QueryRowContext(t.Context(), fmt.Sprintf(sum, c.table, c.name)).Scan(&after); err != nil {
		t.Fatal(err)
	}
	return before != after
}

func problemsOf(t *testing.T, path string) (problems []string) {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		return []string{err.Error()}
	}
	defer s.Close()
	for f, err := range s.Verify(t.Context()) {
		if err != nil {
			return append(problems, err.Error())
		}
		if f.Problem != "" {
			problems = append(problems, f.Kind+" "+f.ID+": "+f.Problem)
		}
	}
	return problems
}
