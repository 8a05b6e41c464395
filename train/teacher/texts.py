"""Gather openly licensed text to be labelled: python texts.py DATA_FOLDER OUT_FOLDER

Writes plain text, a paragraph a line, for `onrecord parse` to split into words:
gap.txt (Wikipedia passages of GAP, CC BY-SA 3.0), wikiwars.txt (histories of wars, CC BY-SA 3.0),
factbook.txt (prose of the World Factbook, public domain), re3d.txt (CENTCOM and US State Department, public
domain; UK Government, OGL 3.0; Wikipedia, CC BY-SA 3.0; Australian Department of Foreign Affairs, CC BY 3.0 AU);
and words.conllu (LitBank, CC BY 4.0; WikiGold, CC BY 4.0; already split into words).
"""

import csv
import glob
import html
import json
import os
import re
import sys

data, out = sys.argv[1:3]
os.makedirs(out, exist_ok=True)


def write(name, paragraphs):
    seen = set()
    with open(f"{out}/{name}", "w", encoding="utf-8") as f:
        for p in paragraphs:
            p = " ".join(p.split())
            if len(p) > 60 and p not in seen:
                seen.add(p)
                f.write(p + "\n\n")


def gap():
    for part in ("development", "validation"):
        with open(f"{data}/gap/gap-{part}.tsv", encoding="utf-8") as f:
            for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = row["Text"].replace("``", '"').replace("''", '"').replace(" -- ", " – ")
                text = re.sub(r"\*", "", text)
                # A passage begins and ends anywhere: keep its whole sentences.
                parts = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
                yield " ".join(parts[1:-1] if len(parts) > 2 else parts)


def wikiwars():
    for path in sorted(glob.glob(f"{data}/time/wikiwars/tml/*.tml")) or sorted(glob.glob(f"{data}/time/wikiwars/output-timeml/*.tml")):
        text = open(path, encoding="utf-8", errors="replace").read()
        text = text.split("<TEXT>")[-1].split("</TEXT>")[0]
        yield from html.unescape(re.sub(r"<[^>]+>", "", text)).split("\n")


def factbook():
    # Family names stand in capitals there; after another name they get ordinary letters.
    lower = re.compile(r"(?<=[A-Za-z][a-z.] )([A-Z])([A-Z]{3,})\b")
    wanted = ("Background", "note", "Flag", "Constitution", "Broadcast", "program", "election", "Political parties", "selection")

    def walk(x, name):
        if isinstance(x, dict):
            for k, v in x.items():
                yield from walk(v, name + "/" + k)
        elif isinstance(x, str) and len(x.split()) > 30 and any(w in name for w in wanted):
            for p in re.split(r"<[^>]+>|\n", html.unescape(x)):
                yield lower.sub(lambda m: m[1] + m[2].lower(), p)

    for path in sorted(glob.glob(f"{data}/actors/factbook/*/*.json")):
        yield from walk(json.load(open(path, encoding="utf-8")), "")


def re3d():
    for source in ("CENTCOM", "US State Department", "UK Government", "Wikipedia", "Australian Department of Foreign Affairs"):
        for line in open(f"{data}/events/re3d/{source}/documents.json", encoding="utf-8"):
            yield from json.loads(line)["text"].split("\n")


def rows(words, names=None):
    lines = [f"{i}\t{w}" + "\t_" * 7 + "\t" + ("Name=" + names[i - 1] if names else "_") for i, w in enumerate(words, 1)]
    return "\n".join(lines) + "\n\n"


def litbank():
    count = 0  # every second sentence: novels are not news
    with open(f"{out}/litbank.conllu", "w", encoding="utf-8") as f:
        for path in sorted(glob.glob(f"{data}/litbank/coref/conll/*.conll")):
            now = []
            for line in open(path, encoding="utf-8"):
                c = line.split("\t")
                if len(c) > 3 and line[0] != "#":
                    # EWT and GUM split compounds with a hyphen
                    now += [p for p in re.split(r"(?<=\w)(-)(?=\w)", c[3]) if p.strip()]
                else:
                    count += 1
                    if 2 < len(now) < 100 and count % 2:
                        f.write(rows(now))
                    now = []


def wikigold():
    kinds = {"PER", "ORG", "LOC"}
    with open(f"{out}/wikigold.conllu", "w", encoding="utf-8") as f:
        words, names, last = [], [], "O"
        for line in list(open(f"{data}/wikigold/wikigold.conll.txt", encoding="utf-8")) + ["\n"]:
            c = line.split()
            if not c:
                if words:
                    f.write(rows(words, names))
                words, names, last = [], [], "O"
            elif c[0] != "-DOCSTART-":
                mark = c[1]  # IOB1
                begins = mark != "O" and (last == "O" or last[1:] != mark[1:])
                last = mark
                words.append(c[0])
                names.append(("B" + mark[1:] if begins else mark) if mark[2:] in kinds else "O")


write("gap.txt", gap())
write("wikiwars.txt", wikiwars())
write("factbook.txt", factbook())
write("re3d.txt", re3d())
litbank()
wikigold()
