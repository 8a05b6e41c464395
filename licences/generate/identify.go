package main

import (
	"slices"
	"strings"
)

// phrases are words that only one licence has, by its SPDX name. A file may hold
// several licences.
var phrases = []struct{ name, phrase string }{
	{"Apache-2.0", "Apache License Version 2.0, January 2004"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that"},
	{"ISC", "Permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted, provided that"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
	{"CC0-1.0", "CC0 1.0 Universal"},
	{"Unlicense", "This is free and unencumbered software released into the public domain"},
	{"blessing", "May you do good and not evil"},
	{"LicenseRef-public-domain", "dedicated to the public domain by"},
}

// The BSD licences begin alike; one with the clause on names has three.
const (
	bsd     = "Redistribution and use in source and binary forms, with or without modification, are permitted"
	bsdName = "be used to endorse or promote products derived from"
)

// identify names the licences in a file, line breaks and comment signs aside.
func identify(file string) []string {
	fields := strings.FieldsFunc(file, func(r rune) bool { return r <= ' ' || r == '*' || r == '#' || r == '>' })
	words := strings.Join(slices.DeleteFunc(fields, func(s string) bool { return s == "//" }), " ")
	var out []string
	for _, p := range phrases {
		if strings.Contains(words, p.phrase) {
			out = append(out, p.name)
		}
	}
	switch {
	case strings.Contains(words, bsd) && strings.Contains(words, bsdName):
		out = append(out, "BSD-3-Clause")
	case strings.Contains(words, bsd):
		out = append(out, "BSD-2-Clause")
	}
	return out
}
