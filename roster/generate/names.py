"""Names as the sources write them, made into names as a newspaper writes them."""

import html
import re
import unicodedata

MONTHS = "january february march april may june july august september october november december".split()
SMALL = {"al", "el", "bin", "ibn", "ould", "de", "da", "do", "dos", "del", "di", "van", "von", "der", "den", "la", "le", "e", "i", "y", "of", "and", "the"}
ROMAN = re.compile(r"^[IVX]+$")


def plain(text):
    """The text without marks of HTML."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", html.unescape(text)))
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'")).strip()


def date(text):
    """ISO 8601 of "13 October 2022", "April 2018", "1997"; empty when it is none."""
    m = re.match(r"^(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})$", text.strip())
    if not m:
        return ""
    day, month, year = m.groups()
    if not month:
        return year
    n = next((i + 1 for i, name in enumerate(MONTHS) if name.startswith(month.lower()[:3])), 0)
    if not n:
        return ""
    return f"{year}-{n:02}" + (f"-{int(day):02}" if day else "")


def upper(word):
    """Whether a word stands in capitals as the Factbook writes family names."""
    letters = [c for c in word if c.isalpha()]
    body = re.sub(r"^(al|el|ad|an|ar|as|ash|at|az)-", "", word)
    letters = [c for c in body if c.isalpha()]
    if body.startswith("Mc"):
        letters = [c for c in body[2:] if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and not ROMAN.match(body)


def cap(word):
    """One word in capitals with its case restored."""
    def part(p):
        if p.lower() in ("al", "el"):
            return p.lower()
        if p[:2] == "Mc":
            return "Mc" + p[2:].capitalize()
        if len(p) > 2 and p[1] == "'" and p[2].isalpha():
            return p[0] + "'" + p[2:].capitalize()
        return p[:1].upper() + p[1:].lower()
    return "-".join(part(p) for p in word.split("-"))


def person(text):
    """Name and the part of it that stands alone, of "Mohammed Shia al-SUDANI"."""
    words = re.sub(r'\s*[("][^)"]*[)"]', "", text).replace(",", "").split()
    name, short = [], []
    for i, w in enumerate(words):
        if upper(w) or i == 0 and w in ("XI", "LI"):
            c = cap(re.sub(r"^(al|el|ad|an|ar|as|ash|at|az)-", lambda m: m.group(1).upper() + "-", w))
            if c.lower() in SMALL and (name or len(words) > 1):
                c = c.lower()
            name.append(c)
            short.append(c)
        else:
            if ROMAN.match(w) and short and name and name[-1] == short[-1]:
                short.append(w)
            name.append(w)
    return " ".join(name), " ".join(short)


def slug(name):
    """A stable readable identifier of a name."""
    s = unicodedata.normalize("NFD", name.lower().replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i"))
    s = "".join(c for c in s if not unicodedata.combining(c)).replace("'", "").replace("ʿ", "")
    return re.sub(r"[^a-z0-9]+", "-", s).strip("-")
