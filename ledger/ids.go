package ledger

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord"
)

// IDKind is the letter that a public ID begins with.
type IDKind byte

// Kinds of public ID.
const (
	ArticleID    IDKind = 'a'
	StatementID  IDKind = 's'
	ReviewID     IDKind = 'r'
	TieID        IDKind = 't'
	SourceID     IDKind = 'o' // an outlet's feed, sitemap or page
	StoryID      IDKind = 'n' // news of one happening
	RegroupingID IDKind = 'g'
)

// Public IDs are 63-bit numbers, so that an engine can use them as keys as they
// are. The high 31 bits are seconds since idEpoch, the low 32 bits count on from
// a random start, which keeps ledgers made apart from minting the same ones.
// They are printed in Crockford's base 32 (https://www.crockford.com/base32.html),
// which has no letters that are misread for digits.
const (
	idDigits  = "0123456789abcdefghjkmnpqrstvwxyz"
	idLen     = 13
	idLowBits = 32
)

var idEpoch = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// FormatID prints a public ID: "s-" and 13 characters.
func FormatID(kind IDKind, n int64) onrecord.ID {
	var b [2 + idLen]byte
	b[0], b[1] = byte(kind), '-'
	for i := len(b) - 1; i >= 2; i-- {
		b[i] = idDigits[n&31]
		n >>= 5
	}
	return onrecord.ID(b[:])
}

// ParseID reads a public ID as people write it down: upper case is taken for
// lower case, o for 0, i and l for 1. Errors wrap [onrecord.ErrInvalid].
func ParseID(id onrecord.ID) (IDKind, int64, error) {
	s := strings.ToLower(strings.TrimSpace(string(id)))
	bad := fmt.Errorf("ID %q: %w: want a-, s-, r-, t-, o-, n- or g- and %d characters", string(id), onrecord.ErrInvalid, idLen)
	if len(s) != 2+idLen || s[1] != '-' || !strings.ContainsRune("asrtong", rune(s[0])) {
		return 0, 0, bad
	}
	var n uint64
	for _, c := range []byte(s[2:]) {
		switch c {
		case 'o':
			c = '0'
		case 'i', 'l':
			c = '1'
		}
		digit := strings.IndexByte(idDigits, c)
		if digit < 0 || n>>58 != 0 {
			return 0, 0, bad
		}
		n = n<<5 | uint64(digit)
	}
	if n>>63 != 0 {
		return 0, 0, bad
	}
	return IDKind(s[0]), int64(n), nil
}

// Minter mints public IDs, each greater than all before. It is safe for use by
// many goroutines.
type Minter struct {
	Now func() time.Time // time.Now where nil

	mu   sync.Mutex
	last int64
}

// Above makes all IDs to come greater than n, so that a clock set back, or
// another process, never has an ID minted twice.
func (m *Minter) Above(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = max(m.last, n)
}

// Next is the ID right after the last one, whatever the clock says: what is minted
// together by it counts on without a gap.
func (m *Minter) Next() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last++
	return m.last
}

// Mint is the next ID.
func (m *Minter) Mint() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now
	if m.Now != nil {
		now = m.Now
	}
	// A second's first ID starts in the lower half of the counter's range, so
	// that two billion more fit before it runs into the next second.
	if second := int64(now().Sub(idEpoch) / time.Second); second > m.last>>idLowBits {
		// Its 24th bit is clear, so that an engine may order what is minted together
		// by the lowest 24 bits.
		m.last = second<<idLowBits | int64(rand.Uint32()>>1)&^(1<<23)
	} else {
		m.last++
	}
	return m.last
}
