"""Persons and offices from the Phoenix actor dictionary of countries.

The dictionary gives a person's roles as codes with dates, such as [IRQGOV 20060520-20140908], and says of no one which
office it was. Those are taken who led: the ones whose role in government stands with days between times outside it. The title
is therefore "member of government". Names are in capitals with underscores; a person is left out where the case of a
letter is not plain (MACDONALD, DE LA RUA), where another of the country has a last name of the same consonants (often
the same person in another spelling), and where the role ended before 1980 or has no dates.
"""

import os
import re

from names import cap, slug

SOURCE = "Phoenix countries 2014"
# Commanders and administrators from abroad, whom the dictionary puts under the country; and persons known from
# the other files under a name that ends otherwise.
LEFT_OUT = {"person/tommy-franks", "person/john-abizaid", "person/jay-garner", "person/paul-bremer",
            "person/alvaro-uribe-velez", "person/augusto-pinochet-ugarte", "person/emomali-rakhmonov", "person/felipe-gonzalez-marquez",
            "person/hassanal-bolkiah-muizzadin-waddaulah", "person/joseph-kabila-kabange"}
# Countries where the last word of a name is not what a person is called by alone.
LAST_IS_NOT_FAMILY = set("kr kp cn tw vn mm kh la hu mn th my id sg et er so is bt ws to hk mo".split())
ROW = re.compile(r"\[([A-Z]{3})([A-Z]*)\s*([<>]?)\s*(\d{6,8})?(?:-(\d{6,8}))?\s*\]")
WORD = re.compile(r"^(?:[A-Z][A-Z'\-]+|[A-Z]\.)$")
UNSURE = re.compile(r"^(?:MC|MAC|O'|D'|DE$|DA$|DO$|DOS$|DU$|LA$|LE$|LOS$|VAN$|VON$|DER$|DEN$|DEL$|TER$|II|IV|VI|OF$|THE$|JR|SR|"
                    r"GEN|COL|SIR|LORD|DAME|PRINCE|KING|QUEEN|SHEIKH|MULLAH|MAWLAWI|DR|PRESIDENT|PRIME|MINISTER|DI$|E$|Y$|LO$|SAN|UL$|UR$|UD$|ES$|AS$|AN$|AR$|AD$|UZ$)")


def day(d):
    """ISO 8601 of yymmdd or yyyymmdd; empty for what is no date."""
    if not d or len(d) == 7:
        return ""
    if len(d) == 6:
        d = ("19" if int(d[:2]) > 20 else "20") + d
    y, m, dd = int(d[:4]), int(d[4:6]), int(d[6:])
    return f"{y:04}-{m:02}-{dd:02}" if 1900 <= y <= 2014 and 1 <= m <= 12 and 1 <= dd <= 31 else ""


def consonants(name):
    last = re.sub(r"^(al|el)-", "", slug(name).split("-")[-1] if name else "")
    last = last.replace("q", "k").replace("c", "k").replace("ph", "f").replace("w", "v").replace("h", "")
    return last[:1] + re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", last[1:]))


def name(raw):
    """The name in its case, or nothing where that is not plain."""
    words = raw.strip("_ ").split("_")
    if not 2 <= len(words) <= 4 or any(not WORD.match(w) or UNSURE.match(w) and w != "AL" for w in words):
        return ""
    out, article = [], ""
    for i, w in enumerate(words):
        if w in ("AL", "EL") and 0 < i < len(words) - 1:
            article = w.lower() + "-"
            continue
        if w in ("BIN", "IBN"):
            out.append(w.lower())
            continue
        out.append(article + cap(w))
        article = ""
    return " ".join(out) if len(out) > 1 else ""


def add(path, actors, offices, enter, byhand):
    countries = {}
    for id, a in actors.items():
        if a["kind"] == "government" and id.count("/") == 1:
            for n in [a["name"], *a["aliases"]]:
                countries.setdefault(slug(n), id[4:])
    known = {}
    for id, a in list(actors.items()):
        if a["kind"] == "person":
            known.setdefault(a["country"], set()).add(consonants(a["short"] or a["name"]))
            known[a["country"]].add(consonants(a["name"]))
    for country, n in byhand:
        known.setdefault(country, set()).add(consonants(n))
    iso, head, names, roles, found = {}, "", [], [], []

    def end():
        if head:
            found.append((head, list(names), list(roles)))

    with open(path, encoding="latin-1") as f:
        for line in f:
            line = re.split(r"[#]", line.rstrip("\n"))[0]
            sourced = "CountryInfo" in line
            line = line.split(";")[0].rstrip()
            rows = ROW.findall(line)
            if line and not line[0].isspace() and line[0] != "+":
                end()
                head, names, roles = (re.sub(r"\[.*", "", line).strip(), [], [])
            elif line.startswith("+"):
                names.append(line[1:].strip())
            roles += rows
            if not sourced and not rows:
                continue
    end()
    for head, names, roles in found:
        for r in roles:
            if not r[1]:
                for n in [head, *names]:
                    if slug(n) in countries:
                        iso.setdefault(r[0], countries[slug(n)])
    taken = 0
    for head, names, roles in found:
        person = name(head)
        if not person or not roles or roles[0][1] != "ELI" and len(roles) < 2 or not any(r[1] == "ELI" for r in roles):
            continue
        country = iso.get(roles[0][0])
        if not country or country == "us":
            continue
        held = []
        for code, role, mark, a, b in roles:
            since, until = day(a), day(b)
            if code != roles[0][0] or role != "GOV" or not since or mark == "<":
                continue
            if since.endswith("-01") and re.search(r"-(28|29|30|31)$", until or "-30"):
                continue  # a ministry counted by months
            if until and (until < since or until < "1980"):
                continue
            held.append((since, until))
        if not held or consonants(person) in known.get(country, ()):
            continue
        if "person/" + slug(person) in LEFT_OUT:
            continue
        known.setdefault(country, set()).add(consonants(person))
        short = person.split()[-1] if person.count(" ") == 1 and country not in LAST_IS_NOT_FAMILY else ""
        aliases = [n for n in (name(x) for x in names) if n and n != person and consonants(n) == consonants(person)]
        id = enter("person/" + slug(person), "person", person, short, country, aliases, source=SOURCE)
        taken += 1
        # An end that is open may have been forgotten: all that is known is the beginning.
        for since, until in sorted(set(held)):
            offices.add((id, "member of government", "gov/" + country, since, until, "" if until else since, SOURCE))
    return taken


def people(path):
    """The country and name of each person of byhand.tsv."""
    out = set()
    for line in open(path, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if len(f) > 9 and f[1] == "person":
            out.update((f[9].lower(), n) for n in [f[2], *f[3].split(";")] if n)
    return out
