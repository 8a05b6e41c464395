package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/where"
)

// placesFile is where a user's own places are: beside the ledger.
func (a *app) placesFile() (string, error) {
	path, err := a.ledgerPath()
	return filepath.Join(filepath.Dir(path), "places.bin"), err
}

// placing adds the user's own places to a desk, where there are any.
func (a *app) placing(d *desk.Desk) (*desk.Desk, error) {
	path, err := a.placesFile()
	if err != nil {
		return d, nil //nolint:nilerr // No data folder is the ledger's matter; without it there are no places.
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the imported places: %w", err)
	}
	with, err := d.Placing(file)
	if err != nil {
		return nil, onrecord.WithHint(fmt.Errorf("%s: %w", path, err), "import the places again, or remove the file")
	}
	return with, nil
}

func (a *app) placesVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "places",
		Short: "Add places of your own to the gazetteer",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "import FILE…",
		Short: "Read places from GeoNames dumps or CSV files",
		Long: `Read places and keep them beside the ledger, in place of those imported before. A FILE
is a dump of GeoNames (such as IQ.txt or allCountries.txt from download.geonames.org), or
CSV whose first line names its columns: name, latitude, longitude, country (two letters),
and as wanted names (with ";" between), population, kind (city, district, province, region
or site) and division. Lines that cannot be read are named and left out.

What is read from now on knows them; onrecord reanalyse looks again at what was kept.`,
		Example: "  onrecord places import IQ.txt camps.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.importPlaces(args) },
	})
	return cmd
}

// mostNamed is how many bad lines of a file are named; the others are counted.
const mostNamed = 10

// doubt names places that do not lie in the country they say: often latitude and
// longitude have changed places.
func (a *app) doubt(file string, entries []where.Entry) {
	outside := 0
	for i := range entries {
		e := &entries[i]
		if inside, known := where.Inside(e.Lat, e.Lon, e.Country); !known || inside || e.Kind == where.Region {
			continue
		}
		if outside++; outside <= mostNamed {
			fmt.Fprintf(a.stderr, "onrecord: %s: %s at %.2f, %.2f does not lie in %s; kept all the same\n", file, e.Name, e.Lat, e.Lon, e.Country)
		}
	}
	if outside > mostNamed {
		fmt.Fprintf(a.stderr, "onrecord: %s: %d more lie outside of their countries\n", file, outside-mostNamed)
	}
}

func (a *app) importPlaces(files []string) error {
	var all []where.Entry
	bad := 0
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("open %s: %w", name, err)
		}
		entries, err := where.ReadEntries(f, func(line int, err error) {
			if bad++; bad <= mostNamed {
				fmt.Fprintf(a.stderr, "onrecord: %s line %d left out: %v\n", name, line, err)
			}
		})
		_ = f.Close() // only read from
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		a.doubt(name, entries)
		all = append(all, entries...)
	}
	if bad > mostNamed {
		fmt.Fprintf(a.stderr, "onrecord: %d more lines left out\n", bad-mostNamed)
	}
	if len(all) == 0 {
		return fmt.Errorf("no place in these files: %w", onrecord.ErrInvalid)
	}
	where.Order(all)
	file, err := where.Build(all)
	if err != nil {
		return err
	}
	path, err := a.placesFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	next := path + ".new" // so that one cut short leaves the old ones whole
	if err := os.WriteFile(next, file, 0o600); err != nil {
		return fmt.Errorf("write the places: %w", err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("write the places: %w", err)
	}
	fmt.Fprintf(a.stdout, "%d places in %s\n", len(all), path)
	return nil
}
