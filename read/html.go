package read

import "github.com/onrecord/onrecord"

func readHTML(c *onrecord.Capture, rev *onrecord.Revision) error { return readText(c, rev) }
