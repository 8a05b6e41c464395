package who

import (
	"bufio"
	_ "embed"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed pronouns.txt
var pronounData string

//go:embed nouns.txt
var nounData string

//go:embed given.txt
var givenData string

// gender is a set of what somebody may be called; zero says nothing.
type gender uint8

const (
	masculine gender = 1 << iota
	feminine
)

// number is singular or plural; zero says nothing.
type number uint8

const (
	singular number = 1 + iota
	plural
)

// nature is what a mention stands for, as far as its own words tell.
type nature uint8

const (
	unknownNature nature = iota
	personNature
	groupNature // organisations, governments, crowds
	placeNature
	timeNature
	animalNature
	thingNature
)

// pronoun is a row of pronouns.txt.
type pronoun struct {
	class  string
	family string
	person uint8
	number number
	gender gender
	nature nature
}

// lists are the data files that mentions are read by.
type lists struct {
	pronouns map[string]*pronoun
	natures  map[string]nature // of common nouns, by lemma
	genders  map[string]gender // of common nouns
	given    map[string]gender // of first names
}

// rows calls f with the fields of each line that is no comment.
func rows(data string, f func(fields []string) error) error {
	lines := bufio.NewScanner(strings.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if err := f(fields); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

func loadLists() (*lists, error) {
	l := &lists{map[string]*pronoun{}, map[string]nature{}, map[string]gender{}, map[string]gender{}}
	numbers := map[string]number{"-": 0, "singular": singular, "plural": plural}
	genders := map[string]gender{"-": 0, "man": masculine, "woman": feminine}
	sorts := map[string]nature{
		"-": 0, "person": personNature, "man": personNature, "woman": personNature, "group": groupNature,
		"place": placeNature, "time": timeNature, "animal": animalNature, "thing": thingNature,
	}
	err := rows(pronounData, func(f []string) error {
		if len(f) != 7 || len(f[3]) != 1 {
			return fmt.Errorf("pronoun %q: %w", f[0], onrecord.ErrInvalid)
		}
		l.pronouns[f[0]] = &pronoun{f[1], f[2], f[3][0] - '0', numbers[f[4]], genders[f[5]], sorts[f[6]]}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("loading the pronouns: %w", err)
	}
	err = rows(nounData, func(f []string) error {
		s, ok := sorts[f[0]]
		if !ok {
			return fmt.Errorf("kind %q: %w", f[0], onrecord.ErrInvalid)
		}
		for _, w := range f[1:] {
			l.natures[w] = s
			if g := genders[f[0]]; g != 0 {
				l.genders[w] = g
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("loading the nouns: %w", err)
	}
	err = rows(givenData, func(f []string) error {
		g := genders[f[0]]
		if g == 0 {
			return fmt.Errorf("kind %q: %w", f[0], onrecord.ErrInvalid)
		}
		for _, w := range f[1:] {
			l.given[w] = g
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("loading the first names: %w", err)
	}
	return l, nil
}
