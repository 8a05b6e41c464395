"""Makes roster/data/actors.tsv, offices.tsv and demonyms.tsv.

Run with the folder of the sources, which has data/actors/factbook (World Factbook profiles as JSON, CC0) and
data/actors/dictionaries (the Phoenix actor dictionaries, MIT):

    ONRECORD_SHARED=DIR python3 roster/generate/roster.py

What a source has wrong or says in words no rule reads stands in corrections.tsv beside this file, each with its
reason. What the program cannot read it names on stderr and leaves out.
"""

import collections
import glob
import json
import os
import re
import sys

import phoenix
from names import date, person, plain, slug, upper

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "data")
AS_OF = "2026-01"  # the newest date in the profiles is 2026-01-17
FACTBOOK = "World Factbook 2026-01"

# Country codes where the profile's Internet code is not ISO 3166-1, or is missing.
ISO = {"uk": "gb", "we": "ps", "gz": "ps", "ee": "eu", "ax": "", "dx": "", "rq": "pr"}
# Names that newspapers use beside the conventional ones.
CALLED = {
    "us": "US;U.S.;USA;U.S.A.;America", "gb": "UK;U.K.;Britain;Great Britain", "ae": "UAE;U.A.E.;Emirates",
    "tr": "Türkiye;Turkiye", "mm": "Myanmar", "ci": "Ivory Coast;Cote d'Ivoire", "cd": "Congo-Kinshasa;Democratic Republic of Congo;DR Congo",
    "cg": "Congo-Brazzaville;Republic of Congo", "kp": "DPRK", "kr": "ROK", "cz": "Czech Republic", "sz": "Swaziland", "mk": "Macedonia",
    "va": "Vatican;the Vatican;Holy See", "ru": "Russian Federation", "cn": "PRC;mainland China", "nl": "Holland;the Netherlands",     "sy": "Syria", "ly": "Libya", "tl": "East Timor", "cv": "Cape Verde", "ba": "Bosnia", "bs": "Bahamas", "gm": "Gambia",
}

actors = {}
offices = set()
held = {}
corrected = set()  # keys of held that rest on corrections.tsv
demonyms = set()


def add(id, kind, name, short="", country="", aliases=(), note="", source=FACTBOOK):
    a = actors.setdefault(id, {"kind": kind, "name": name, "short": short, "country": country, "aliases": [], "note": note, "source": source})
    for x in aliases:
        x = x.strip()
        if x and x != a["name"] and x not in a["aliases"]:
            a["aliases"].append(x)
    return id


def read(field):
    return plain(field.get("text") or "") if isinstance(field, dict) else ""


def corrections():
    out = {}
    for line in open(os.path.join(HERE, "corrections.tsv"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            code, part, clause, _ = (line.rstrip("\n").split("\t") + ["", ""])[:4]
            out.setdefault((code, part), []).append(clause)
    return out


TITLE = re.compile(r"^((?:(?:Transition(?:al)?|Interim|Acting|Caretaker|Vice|Deputy|Prime|President|Minister|King|Queen|Emperor|Sultan|Supreme|Leader|Amir|Pope|Premier|Chancellor|Taoiseach|"
                   r"Grand Duke|Prince|Crown|Captain|Captains|Regent|Chairperson|Chairman|Chief|Executive|Governor|Governor-General|Governor General|High|Lieutenant|Lieutenant-Governor|Administrator|Administrator Superior|"
                   r"Commissioner|Prefect|Mayor|Superior|Bailiff|and|of State|of Council of Ministers|of Territorial Council|of the Territorial Assembly|of the Government|of the Swiss Confederation|of French Polynesia|"
                   r"of the Council of Ministers|of the Commonwealth of Australia|of New Zealand|of the Republic|GNU|CNSP|Co-Vice|Foreign)\s+)+)(?=\S)")
HONORIFIC = re.compile(r"^(?:(?:Gen\.|Sr\.|Col\.|Capt\.|Dr\.|Dame|Sir|Grand Chief|Ratu|Air Vice-Marshal|General|Archbishop)\s+)+")
BARE = {"President of China": None}


def heads(code, iso, part, text, fixed):
    clauses = fixed if fixed is not None else [c for c in re.split(r";|(?<=\)),", text)]
    for n, clause in enumerate(clauses):
        clause = clause.strip()
        if not clause or "vacant" in clause or clause.startswith(("note", "the ")):
            continue
        clause = re.sub(r"\(Prime Minister\)|\(prime minister-equivalent\)|\(CNSP\)", "", clause).replace("of the National Council for the Safeguard of the Homeland", "")
        clause = re.sub(r"^Taoiseach\s+", "Prime Minister ", clause)
        represented = clause.startswith("represented by ")
        clause = clause.removeprefix("represented by ")
        m = re.match(r"^(.*?)\s*\((?:since )?([^()]*\d{4})\)", clause)
        if not m or not date(m.group(2)):
            if fixed is None and n == 0:
                print(f"{code} {part}: cannot read {clause!r}", file=sys.stderr)
            continue
        words = re.sub(r"\s+", " ", m.group(1))
        t = TITLE.match(words + " ")
        if not t:
            if n == 0 or represented:
                print(f"{code} {part}: no title in {clause!r}", file=sys.stderr)
            continue
        name = HONORIFIC.sub("", words[t.end():])
        name = re.sub(r" of (Norway|Denmark|the Netherlands)$", "", name)
        if not name or not name[0].isalpha() or "," in name and "Jr" not in name:
            print(f"{code} {part}: no name in {clause!r}", file=sys.stderr)
            continue
        full, short = person(name)
        id = add("person/" + slug(full), "person", full, short, iso)
        if fixed is not None:
            corrected.add((id, "gov/" + iso, date(m.group(2))))
        held.setdefault((id, "gov/" + iso, date(m.group(2))), []).extend(titles(t.group(1), part, represented))


def titles(words, part, represented):
    words = re.sub(r"\b(Acting|Interim|Transition(al)?|Caretaker|GNU|CNSP)\b", "", words)
    words = re.sub(r" of (the )?(Swiss Confederation|Commonwealth of Australia|New Zealand|French Polynesia|Republic|Government|Council of Ministers|Territorial Council|Territorial Assembly)", "", words)
    out = []
    for title in re.split(r" and (?=[A-Z])", words.strip()):
        title = title.strip().lower().replace("governor-general", "governor general").replace("lieutenant-governor", "lieutenant governor")
        if title == "premier":
            title = "prime minister"
        if title and title not in ("of state",):
            out.append(title)
    if part == "chief of state" and not represented:
        out.append("head of state")
    if part == "head of government":
        out.append("head of government")
    return out


def nouns(text):
    """The words for people of "Iraqi(s)", "Motswana (singular), Batswana (plural)", "Briton(s), British (collective plural)"."""
    out = []
    for part in re.split(r",|;|\bor\b", text):
        part = part.strip()
        if part in ("", "none") or "note" in part:
            continue
        m = re.match(r"^(.*?)man\(men\)$", part)
        if m:
            out += [m.group(1) + "man", m.group(1) + "men"]
            continue
        m = re.match(r"^(.*?)woman\(women\)$", part)
        if m:
            out += [m.group(1) + "woman", m.group(1) + "women"]
            continue
        word = re.sub(r"\s*\([^)]*\)", "", part).strip()
        if re.match(r"^[A-Z][\w'\- ]+$", word):
            out.append(word)
            if part.endswith("(s)"):
                out.append(word + "s")
            elif part.endswith("(es)"):
                out.append(word + "es")
    return out


def split_acronym(name):
    """"Kurdistan Workers' Party (PKK)" and "Congolese Labour Party or PCT" are a name and its acronym."""
    name = re.sub(r"\s+", " ", name).strip(" .;,")
    short = []
    m = re.search(r"\s+or\s+((?:[A-Z0-9][\w.'&/+-]*)(?:\s[A-Z][\w-]*)?)$", name)
    if m:
        short.append(m.group(1))
        name = name[: m.start()]
    while True:
        m = re.search(r"\s*\(([^()]*)\)\s*$", name)
        if not m:
            break
        inside = m.group(1).strip()
        name = name[: m.start()].strip()
        if re.match(r"^[A-Z][\w'\-/ ]{1,60}$", inside) and not re.search(r"\b(includes?|formerly|coalition|alliance|also|party|factions?|seats?)\b", inside, re.I):
            short.append(inside)
    return name.strip(), short


def main():
    shared = os.environ.get("ONRECORD_SHARED") or sys.exit("ONRECORD_SHARED names the folder with data/actors")
    fixes = corrections()
    # Countries before their territories: a person who heads several states is of the first.
    first = ("uk", "fr", "us", "nl", "da", "no", "ch", "nz", "as")
    profiles = sorted(glob.glob(os.path.join(shared, "data/actors/factbook/*/*.json")), key=lambda p: (os.path.basename(p)[:2] not in first, p))
    if not profiles:
        sys.exit("no profiles under " + shared)
    members = collections.defaultdict(set)
    for path in profiles:
        code = os.path.basename(path)[:2]
        d = json.load(open(path, encoding="utf-8"))
        g = d.get("Government", {})
        web = re.findall(r"\.([a-z]{2})\b", json.dumps(d.get("Communications", {}).get("Internet country code", "")))
        iso = ISO.get(code, web[0] if web else "")
        if not iso or code in ("ay", "bv", "hm", "fs"):
            continue
        country(code, iso, d, g, fixes, members)
    for path in glob.glob(os.path.join(HERE, "orgs.tsv")):
        for line in open(path, encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                acronym, name, *more = line.rstrip("\n").split("\t")
                if acronym not in members:
                    print("orgs.tsv: no profile names", acronym, file=sys.stderr)
                add("org/" + slug(acronym), "organization", name, aliases=[acronym] + (more[0].split(";") if more else []), note=f"{len(members[acronym])} profiles name it among the organisations their countries take part in", source=FACTBOOK + "; names common knowledge")
    for (id, of, since), names in held.items():
        offices.add((id, ";".join(dict.fromkeys(names)), of, since, "", AS_OF, FACTBOOK + (", corrected" if (id, of, since) in corrected else "")))
    n = phoenix.add(os.path.join(shared, "data/actors/dictionaries/Phoenix.Countries.actors.txt"), actors, offices, add, phoenix.people(os.path.join(DATA, "byhand.tsv")))
    print(f"{n} persons from Phoenix", file=sys.stderr)
    write()


def country(code, iso, d, g, fixes, members):
    n = g.get("Country name", {})
    clean = lambda s: re.sub(r"\s*\(.*?\)", "", s).split(";")[0].split(" note")[0].strip()
    short, long = clean(read(n.get("conventional short form", {}))), clean(read(n.get("conventional long form", {})))
    if code == "cg":
        short = "Democratic Republic of the Congo"
    if code == "cf":
        short = "Republic of the Congo"
    if code == "gz":
        short = "Gaza"
    name = short if short not in ("", "none", "NA") else long
    if code == "ee":
        add("org/eu", "organization", "European Union", aliases=["EU", "E.U."])
    elif code not in ("we", "gz"):
        add("gov/" + iso, "government", name, "", iso, [x for x in [long, *CALLED.get(iso, "").split(";")] if x not in ("", "none", "NA")])
        capital = read(g.get("Capital", {}).get("name", {}))
        for c in re.split(r";|,(?! D)", capital):
            c = re.sub(r"\s*\(.*?\)|^note.*", "", c).strip()
            c = re.sub(r" in Romanian$", "", c)
            if c and len(c) < 30 and not c.startswith(("no ", "The ")) and re.match(r"^[\w' .\-,]+$", c) and c != name and not c.startswith(("the ", "some ", "administered")):
                metonyms.append((c, "gov/" + iso))
    nat = d.get("People and Society", {}).get("Nationality", {})
    for form in ("adjective", "noun"):
        for w in nouns(read(nat.get(form, {}))) if iso not in ("pm", "sj") else []:
            demonyms.add((w, form, iso))
    if code != "ee":
        e = g.get("Executive branch", {})
        for part in ("chief of state", "head of government"):
            heads(code, iso, part, read(e.get(part, {})), fixes.get((code, part)))
        parties(code, iso, g)
    forces(iso, d)
    groups(iso, d)
    for org in re.split(r",(?![^(]*\))", read(g.get("International organization participation", {}))):
        org = re.sub(r"\s*\(.*", "", org).strip()
        if org:
            members[org].add(iso)


def parties(code, iso, g):
    text = g.get("Political parties", {}).get("text") or ""
    for line in re.split(r"<br\s*/?>", text):
        line = re.split(r"; |\[|\bnote\b", plain(line))[0]
        name, short = split_acronym(line)
        if not re.match(r"^[A-Z\"'][\w .,'&/–\-\"!+À-ž]{3,70}$", name) or re.search(r"\b(none|parties|party system|banned|independents?|ban|candidates|coalitions? of|alliance of)\b", name, re.I):
            continue
        if name.count(" ") > 9:
            continue
        short = [x for x in short if len(x) > 2]  # "US" is United Seychelles too
        add(f"org/{iso}-{slug(name)}", "organization", name, country=iso, aliases=short, note="party")


def forces(iso, d):
    text = plain((d.get("Military and Security", {}).get("Military and security forces", {}) or {}).get("text") or "")
    for m in re.finditer(r"\b((?:Federal |State )?Ministry of (?:the )?(?:Internal Affairs|Interior|Defen[cs]e|National Defen[cs]e|Home Affairs|Justice|Public Security|Security|Intelligence|Finance|Emergency Situations|National Security|Oil)(?: and (?:Public Security|National Security|Public Administration|Security|Emergency Situations))?|Ministry for (?:Home|Internal) Affairs|(?:Interior|Defen[cs]e) Ministry|Department of (?:Homeland Security|Defen[cs]e|War|Justice))(?=[:;,.]| \()", text):
        name = m.group(1)
        add(f"gov/{iso}/{slug(name)}", "government", name, country=iso, note="ministry")
    first = re.split(r":", text)[0]
    m = re.match(r"^((?:[A-Z][\w'\-]+ )*(?:Armed Forces|Defen[cs]e Forces?|Army|Military)(?: of [A-Z][\w' ]+)?) \(([^)]*)\)$", first)
    if m:
        alias = [x.strip() for x in re.split(r",|;|\baka\b|\bor\b", m.group(2)) if re.match(r"^[A-Z][\w' ’\-]+$", x.strip())]
        add(f"org/{iso}-{slug(m.group(1))}", "organization", m.group(1), country=iso, aliases=alias, note="armed forces")


def groups(iso, d):
    text = plain(d.get("Terrorism", {}).get("Terrorist group(s)", {}).get("text") or "")
    for name in re.split(r";", text):
        name = re.sub(r"\s+network in .*|\s*\(known locally.*", "", name.replace(" – ", " - "))
        name, short = split_acronym(name)
        name = {"Al-Qa'ida": "al-Qa'ida"}.get(name, name)
        if len(name) > 3 and re.match(r"^[\w '/.\-]+$", name):
            add("group/" + slug(name), "group", name, aliases=short, note="listed as a terrorist group by the United States")


metonyms = []
# Capitals that are more often another town, a first or a last name.
DOUBTFUL = set("Victoria;Hamilton;Kingston;Stanley;Douglas;Plymouth;Jamestown;San Juan;Saint John's;Georgetown;George Town;Cape Town;Sucre;Saint George's;"
               "Charlotte Amalie;Gustavia;Roseau;Castries;Wellington;San José;Santiago;Victoria;Saint-Pierre;Saint Helier;Road Town;West Island;Colombo;Abidjan".split(";"))
HEAD = """# What: {what}
# Source: The World Factbook (CIA), profiles as of January 2026{more}
# Licence: CC0 1.0 (World Factbook){licence}
# To regenerate: ONRECORD_SHARED=DIR python3 roster/generate/roster.py
"""
PHOENIX = "; the Phoenix\n#   actor dictionary of countries (2014, Open Event Data Alliance), rows whose source says so."
MIT = "; MIT, Copyright (c) 2014 Open Event Data Alliance,\n#   whole in roster/data/LICENSE.txt, for the rows from Phoenix."


def write():
    with open(os.path.join(DATA, "actors.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="actors: persons in office, governments, ministries, organisations, parties, armed forces and groups.", more=PHOENIX, licence=MIT))
        f.write("id\tkind\tname\tshort\tcountry\taliases\tnote\tsource\n")
        for id, a in sorted(actors.items()):
            f.write("\t".join([id, a["kind"], a["name"], a["short"], a["country"].upper(), ";".join(a["aliases"]), a["note"], a["source"]]) + "\n")
        for word, of in sorted(set(metonyms)):
            f.write("\t".join(["metonym/" + slug(word) + "/" + of, "metonym", word, "doubtful" if word in DOUBTFUL else "", "", "", of, FACTBOOK]) + "\n")
    with open(os.path.join(DATA, "offices.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="who held which office when. \"as of\" is the last time the source knows it held; an empty\n#   \"until\" means the end is not known.", more=PHOENIX, licence=MIT))
        f.write("person\ttitle\tof\tsince\tuntil\tas of\tsource\n")
        for row in sorted(offices):
            f.write("\t".join(row) + "\n")
    with open(os.path.join(DATA, "demonyms.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD.format(what="words for the people of a country and what is theirs.", more=".", licence="."))
        f.write("word\tform\tcountry\tsource\n")
        for word, form, iso in sorted(demonyms):
            f.write("\t".join([word, form, iso.upper(), FACTBOOK]) + "\n")


main()
