package read

import "github.com/onrecord/onrecord"

func setDateline(rev *onrecord.Revision, from int) int { return from }

type datelineParts struct{}

func parseDateline(text string, start int) (datelineParts, bool) { return datelineParts{}, false }

func byline(line string) []string { return nil }
