// Package where finds place names and says which place each is: an entry of a
// gazetteer with its country, first-level division and coordinates, how precisely
// these tell where something is, the runners-up, and how sure it is.
//
// The gazetteer is embedded (gazetteer.bin, made by where/generate from GeoNames,
// CC BY 4.0): places of 500 people and more and the divisions of countries, with the
// names that English texts may use. Countries, what their people are called, regions,
// seas and the names that news uses besides stand in text files beside the code.
//
// A name can be many places. Each is judged by what is told next to it ("Mosul, Iraq"),
// by the countries, divisions and places the rest of the text names, by the dateline,
// and by its size; one name means one place in a document unless the text says
// otherwise. A country that speaks or acts stands for its government; "Iraqi" is a
// people and no place where something happened. Which is which the tree decides.
//
// Disputed land keeps the country that the gazetteer files it under, which is no
// judgement. disputed.txt has beside it who holds it and everyone who claims it, with a
// source for each, and places carry that where the text is of the years of the dispute;
// the head of the list states the policy.
//
// gazetteer.bin, in little-endian numbers: [Magic]; seven counts of 32 bits (countries,
// provinces, places, bytes of shown names, how many names, bytes of blocks, bytes of names);
// country codes of two letters; the places that are provinces; a record of 24 bytes a
// place (GeoNames id or 0, latitude and longitude in 1e-5 degrees, population, offset of
// its shown name, country, kind, province from 1); shown names, each with its length
// before it; offsets of blocks; sorted names in blocks of [Block], front-coded, each with
// its places by falling population.
package where
