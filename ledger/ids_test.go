package ledger

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

func TestIDsAreReadAsPeopleWriteThemDown(t *testing.T) {
	const n = 392211178828468104
	id := FormatID(StatementID, n)
	if id != "s-0awb9zmvg43w8" {
		t.Fatalf("FormatID = %s", id)
	}
	for _, written := range []string{"s-0awb9zmvg43w8", "S-0AWB9ZMVG43W8", " s-oawb9zmvg43w8\n", "s-Oawb9zmvg43W8"} {
		kind, got, err := ParseID(onrecord.ID(written))
		if err != nil || kind != StatementID || got != n {
			t.Errorf("ParseID(%q) = %c, %d, %v", written, kind, got, err)
		}
	}
	if _, got, err := ParseID("a-0000000000i1l"); err != nil || got != 1<<10|1<<5|1 {
		t.Errorf("i and l: %d, %v; want ones", got, err)
	}
	for _, bad := range []string{"", "s-", "S1", "x-0awb9zmvg43w8", "s_0awb9zmvg43w8", "s-0awb9zmvg43w", "s-0awb9zmvg43w88", "s-0awb9zmvg43wu", "s-zzzzzzzzzzzzz", "s-8000000000000", "s-0awb9zmvg43é"} {
		if _, n, err := ParseID(onrecord.ID(bad)); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("ParseID(%q) = %d, %v; want invalid", bad, n, err)
		}
	}
}

// FuzzParseID: what is read prints as one ID, which reads as the same number.
func FuzzParseID(f *testing.F) {
	for _, s := range []string{"s-0awb9zmvg43w8", "A-7ZZZZZZZZZZZZ", "r-0000000000000", "s-oOiIlL0000000", "", "s-\x80\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kind, n, err := ParseID(onrecord.ID(s))
		if err != nil {
			return
		}
		again, m, err := ParseID(FormatID(kind, n))
		if err != nil || again != kind || m != n || n < 0 {
			t.Errorf("%q is %c %d, which prints as %s and reads as %c %d, %v", s, kind, n, FormatID(kind, n), again, m, err)
		}
	})
}

func TestMintedIDsOnlyGrow(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	m := Minter{Now: func() time.Time { return now }}
	last := int64(0)
	for i := range 10_000 {
		switch i % 100 {
		case 50:
			now = now.Add(time.Second)
		case 90:
			now = now.Add(-time.Minute) // somebody sets the clock back
		}
		n := m.Mint()
		if n <= last {
			t.Fatalf("%d after %d", n, last)
		}
		last = n
	}
	m.Above(last + 5)
	if n := m.Mint(); n != last+6 {
		t.Errorf("%d, want one more than what others minted", n)
	}
	if second := last >> idLowBits; second < int64(now.Sub(idEpoch)/time.Second) {
		t.Errorf("second %d lies before the clock", second)
	}
}

func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"Inés Núñez": "ines-nunez", "  Abdul-Amir  al-Shammari ": "abdul-amir-al-shammari", "O’Brien": "obrien", "O'Brien": "obrien",
		"U.S. Treasury": "u-s-treasury", "ÅSA Öberg": "asa-oberg", "محمد": "محمد", "3M": "3m", "—": "", "": "", "ﬁnance ministry": "finance-ministry",
	} {
		if got := Key(name); got != want {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
		if again := Key(want); again != want {
			t.Errorf("Key(%q) = %q: a key is its own key", want, again)
		}
	}
}

func TestAddresses(t *testing.T) {
	hash := onrecord.HashOf("x")
	for _, c := range []struct {
		name string
		doc  Document
		want string
	}{
		{"the surest first", Document{
			Capture:  onrecord.Capture{Address: "https://b.example/fetched"},
			Revision: onrecord.Revision{CanonicalURL: "https://a.example/canonical", URL: "https://b.example/", Path: "/tmp/x"},
			Aliases:  []string{"urn:x"},
		}, "https://a.example/canonical https://b.example/ https://b.example/fetched /tmp/x urn:x"},
		{"each once", Document{
			Capture:  onrecord.Capture{Address: "/tmp/x"},
			Revision: onrecord.Revision{Path: "/tmp/x"},
		}, "/tmp/x"},
		{"standard input is nowhere", Document{
			Capture:  onrecord.Capture{Address: Stdin},
			Revision: onrecord.Revision{Path: Stdin},
		}, "stdin:" + hash.String()},
		{"standard input with a URL is there", Document{
			Capture:  onrecord.Capture{Address: Stdin},
			Revision: onrecord.Revision{URL: "https://b.example/"},
		}, "https://b.example/"},
	} {
		if got := strings.Join(Addresses(&c.doc, hash), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestPublisherOf(t *testing.T) {
	for want, r := range map[string]onrecord.Revision{
		"The Post":     {Publisher: "The Post", URL: "https://www.b.example/"},
		"b.example":    {URL: "https://www.B.example:8080/x"},
		"news.example": {CanonicalURL: "https://news.example/x", URL: "https://b.example/"},
		"":             {Path: "/tmp/x", URL: "not an address"},
	} {
		if got := PublisherOf(&r); got != want {
			t.Errorf("PublisherOf(%+v) = %q, want %q", r, got, want)
		}
	}
}

func TestWhenOf(t *testing.T) {
	date := func(s string) onrecord.Date {
		d, err := onrecord.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	retrieved := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		said      *onrecord.SaidAt
		published string
		want      string
	}{
		{&onrecord.SaidAt{From: date("2024-02-20"), To: date("2024-02-20"), Basis: "explicit"}, "2024-02-24", "said 2024-02-20 until 2024-02-21"},
		{&onrecord.SaidAt{From: date("2024-02-20"), To: date("2024-02-22"), Basis: "anaphoric"}, "2024-02-24", "said 2024-02-20 until 2024-02-23"},
		{&onrecord.SaidAt{To: date("2024-02"), Basis: "explicit"}, "", "said 2024-02 until 2024-03-01"},
		{&onrecord.SaidAt{To: date("2024-02-24"), Basis: "bounded"}, "2024-02-24", "published 2024-02-24 until 2024-02-25"},
		{&onrecord.SaidAt{Basis: "explicit"}, "2024", "published 2024 until 2025-01-01"},
		{nil, "", "retrieved 2024-03-01T00:00:00Z until 2024-03-01"},
	} {
		w := WhenOf(&onrecord.Statement{SaidAt: c.said}, date(c.published), retrieved)
		if got := string(w.Basis) + " " + w.Date.String() + " until " + w.End.Format(time.DateOnly); got != c.want {
			t.Errorf("%+v, published %q: %s, want %s", c.said, c.published, got, c.want)
		}
	}
}

// IDs of one transaction count on though the second ends, and the lowest 24 bits
// with them.
func TestNextCountsOnOverASecond(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	m := Minter{Now: func() time.Time { return now }}
	for range 200 {
		first := m.Mint()
		for i := int64(1); i < 50; i++ {
			now = now.Add(300 * time.Millisecond)
			if n := m.Next(); n != first+i || n&(1<<24-1) <= first&(1<<24-1) {
				t.Fatalf("%d after %d", n, first+i-1)
			}
		}
	}
}
