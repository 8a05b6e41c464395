package ledger

import (
	"maps"

	"github.com/onrecord/onrecord"
)

// Recall fills in what a user said of an article when the same bytes were kept
// before, and does not say now: reading a folder again does not take back a date
// that was given for one of its files. What is said now goes before. kept is the
// capture as it was kept and told the revision read from it. Recall reports
// whether it filled in anything; the document's capture then has a header of its
// own.
func Recall(d *Document, kept *onrecord.Capture, told *onrecord.Revision) bool {
	rev := &d.Revision
	filled := false
	for name, recall := range map[string]func(){
		onrecord.GivenURL:       func() { rev.URL = told.URL },
		onrecord.GivenTitle:     func() { rev.Title = told.Title },
		onrecord.GivenPublished: func() { rev.Published = told.Published },
		onrecord.GivenPublisher: func() { rev.Publisher = told.Publisher },
	} {
		said := kept.Given(name)
		if said == "" || d.Capture.Given(name) != "" {
			continue
		}
		if !filled {
			d.Capture.Header = maps.Clone(d.Capture.Header)
			if d.Capture.Header == nil {
				d.Capture.Header = map[string][]string{}
			}
			filled = true
		}
		d.Capture.Header[name] = []string{said}
		recall()
	}
	return filled
}
