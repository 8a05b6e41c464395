"""Fine-tune an encoder into a teacher of tags, trees and names, and let it label text.

    python teacher.py learn ENCODER_FOLDER DATA_FOLDER TEACHER.pt [EPOCHS]
    python teacher.py label ENCODER_FOLDER TEACHER.pt IN.conllu OUT.conllu
    python teacher.py names ENCODER_FOLDER TEACHER.pt IN.conllu OUT.conllu

ENCODER_FOLDER holds all-mpnet-base-v2 (Apache-2.0; on PyPI in five parts, see
README.md), of which the lowest LAYERS layers are used. The teacher learns from the
training parts of EWT and GUM open (tags, trees), Universal NER over EWT and WikiGold
(names). `label` replaces tags, trees and names of sentences in CoNLL-U whose words
are right; `names` adds names alone and leaves gold trees as they are. Names are written to
MISC as Name=B-PER. Needs torch 2.5 and transformers 4.46; no GPU.
"""

import math
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from transformers import AutoTokenizer, MPNetConfig, MPNetModel

LAYERS, FROZEN = 6, 2  # layers used, and how many of them stay as they are
BATCH = 1200  # words
NAMES = ["O"] + [p + "-" + k for k in ("PER", "ORG", "LOC") for p in "BI"]
torch.manual_seed(7)
random.seed(7)


class Sentence:
    __slots__ = ("id", "lines", "words", "tags", "heads", "rels", "names", "misc", "pieces", "first")

    def __init__(self):
        self.id, self.lines, self.words, self.tags, self.heads, self.rels = "", [], [], None, None, None
        self.names, self.misc, self.pieces, self.first = None, [], None, None


def conllu(path, trees=True):
    s, out = Sentence(), []
    s.tags, s.heads, s.rels = [], [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if s.words:
                out.append(s)
            s = Sentence()
            s.tags, s.heads, s.rels = [], [], []
            continue
        s.lines.append(line)
        if line.startswith("# sent_id = "):
            s.id = line[12:]
        if line[0] == "#":
            continue
        f = line.split("\t")
        if "-" in f[0] or "." in f[0]:
            continue
        s.words.append(f[1])
        if trees:
            s.tags.append(f[3] + " " + f[4])
            s.heads.append(int(f[6]))
            s.rels.append(f[7])
    if not trees:
        for s in out:
            s.tags = s.heads = s.rels = None
    return out


def known(mark):
    return mark if mark in NAMES else "O"


def add_iob2(sentences, path):
    by_id = {s.id: s for s in sentences}
    ident, words, marks = "", [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if not line:
            s = by_id.get(ident)
            if s is not None and words:
                at, spread = 0, []
                for w, m in zip(words, marks):  # a token such as "don't" is several words
                    joined, first = "", True
                    while len(joined) < len(w) and at < len(s.words):
                        joined += s.words[at]
                        spread.append(m if first or m[0] != "B" else "I" + m[1:])
                        first, at = False, at + 1
                    if joined != w:
                        spread = None
                        break
                if spread and at == len(s.words):
                    s.names = [known(m) for m in spread]
            words, marks = [], []
        elif line.startswith("# sent_id = "):
            ident = line[12:]
        elif line[0] != "#":
            f = line.split("\t")
            words.append(f[1])
            marks.append(f[2])


def wikigold(path):
    out, s, last = [], Sentence(), "O"
    s.names = []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        f = line.split()
        if not f:
            if s.words:
                out.append(s)
            s, last = Sentence(), "O"
            s.names = []
        elif f[0] != "-DOCSTART-":
            m = f[1]
            begins = m != "O" and (last == "O" or last[1:] != m[1:])
            last = m
            s.words.append(f[0])
            s.names.append(known("B" + m[1:] if begins else m))
    return out


def case_of(word):
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) == 1 else 3
    if word[0].isupper() and word[1:].islower():
        return 4
    return 5


class Teacher(nn.Module):
    def __init__(self, folder, tags, rels):
        super().__init__()
        self.tags, self.rels = tags, rels
        config = MPNetConfig.from_pretrained(folder)
        config.num_hidden_layers = LAYERS
        self.encoder = MPNetModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        d = config.hidden_size
        self.case = nn.Embedding(6, d)
        nn.init.normal_(self.case.weight, std=0.01)
        self.position = nn.Linear(2 * d, d)  # first and last piece of a word
        self.arc_dep, self.arc_head = nn.Linear(d, 400), nn.Linear(d, 400)
        self.arc = nn.Parameter(torch.zeros(401, 400))
        self.rel_dep, self.rel_head = nn.Linear(d, 128), nn.Linear(d, 128)
        self.rel = nn.Parameter(torch.zeros(len(rels), 129, 129))
        self.tag = nn.Sequential(nn.Linear(d, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, len(tags)))
        self.name = nn.Sequential(nn.Linear(d, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, len(NAMES)))
        self.root = nn.Parameter(torch.randn(d) * 0.02)
        self.drop = nn.Dropout(0.25)

    def forward(self, batch):
        ids, mask, case, first, last = batch["ids"], batch["mask"], batch["case"], batch["first"], batch["last"]
        x = self.encoder.embeddings.word_embeddings(ids) + self.case(case)
        h = self.encoder(inputs_embeds=x, attention_mask=mask).last_hidden_state
        row = torch.arange(len(ids)).unsqueeze(1)
        w = self.position(torch.cat([h[row, first], h[row, last]], -1)) + h[row, first]
        w = self.drop(w)
        z = torch.cat([self.root.to(w.dtype).expand(len(ids), 1, -1), w], 1)
        ad, ah = self.drop(F.gelu(self.arc_dep(w))), self.drop(F.gelu(self.arc_head(z)))
        one = torch.ones_like(ad[..., :1])
        arcs = torch.cat([ad, one], -1) @ self.arc.to(ad.dtype) @ ah.transpose(1, 2) * (1 / 20)
        arcs = arcs.float().masked_fill(~batch["heads_mask"].unsqueeze(1), -1e9)
        n = arcs.shape[1]
        arcs = arcs.masked_fill(F.pad(torch.eye(n, dtype=torch.bool), (1, 0)).unsqueeze(0), -1e9)
        rd, rh = self.drop(F.gelu(self.rel_dep(w))), self.drop(F.gelu(self.rel_head(z)))
        return arcs, rd, rh, self.tag(w).float(), self.name(w).float()

    def relations(self, rd, rh, heads):
        """Scores of relations given heads: batch x words x relations."""
        row = torch.arange(len(rd)).unsqueeze(1)
        h = rh[row, heads]
        one = torch.ones_like(h[..., :1])
        d, h = torch.cat([rd, one], -1), torch.cat([h, one], -1)
        b, n, k = d.shape
        t = (d.reshape(b * n, k) @ self.rel.to(d.dtype).permute(1, 0, 2).reshape(k, -1)).reshape(b * n, -1, k)
        return (torch.bmm(t, h.reshape(b * n, k, 1)).squeeze(-1) * (1 / 10)).reshape(b, n, -1).float()


def pieces(sentences, tokenizer):
    unique = sorted({w for s in sentences for w in s.words})
    table = dict(zip(unique, tokenizer(unique, add_special_tokens=False)["input_ids"]))
    for s in sentences:
        s.pieces, s.first = [table[w][:8] or [tokenizer.unk_token_id] for w in s.words], None


def batches(sentences, shuffle):
    order = list(sentences)
    if shuffle:
        random.shuffle(order)
    out, pool = [], 3000 if shuffle else len(order) or 1
    for k in range(0, len(order), pool):
        now, longest = [], 0
        for s in sorted(order[k : k + pool], key=lambda s: len(s.words)):
            if now and max(longest, len(s.words)) * (len(now) + 1) > BATCH:
                out.append(now)
                now, longest = [], 0
            now.append(s)
            longest = max(longest, len(s.words))
        if now:
            out.append(now)
    if shuffle:
        random.shuffle(out)
    return out


def collate(sentences, tokenizer, tag_id=None, rel_id=None):
    n = max(len(s.words) for s in sentences)
    length = max(2 + sum(map(len, s.pieces)) for s in sentences)
    b = len(sentences)
    ids = torch.full((b, length), tokenizer.pad_token_id)
    case = torch.zeros((b, length), dtype=torch.long)
    mask = torch.zeros((b, length), dtype=torch.long)
    first, last = torch.zeros((b, n), dtype=torch.long), torch.zeros((b, n), dtype=torch.long)
    heads_mask = torch.zeros((b, n + 1), dtype=torch.bool)
    t = {k: torch.full((b, n), -100) for k in ("tags", "heads", "rels", "names")}
    for i, s in enumerate(sentences):
        row, cases, at = [tokenizer.cls_token_id], [0], 1
        for j, p in enumerate(s.pieces):
            first[i, j], last[i, j] = at, at + len(p) - 1
            row += p
            cases += [case_of(s.words[j])] * len(p)
            at += len(p)
        row.append(tokenizer.sep_token_id)
        ids[i, : len(row)] = torch.tensor(row)
        case[i, : len(cases)] = torch.tensor(cases)
        mask[i, : len(row)] = 1
        heads_mask[i, : len(s.words) + 1] = True
        if tag_id is not None and s.tags is not None:
            t["tags"][i, : len(s.words)] = torch.tensor([tag_id.get(x, -100) for x in s.tags])
            t["heads"][i, : len(s.words)] = torch.tensor(s.heads)
            t["rels"][i, : len(s.words)] = torch.tensor([rel_id.get(x, -100) for x in s.rels])
        if tag_id is not None and s.names is not None:
            t["names"][i, : len(s.words)] = torch.tensor([NAMES.index(x) for x in s.names])
    return dict(ids=ids, case=case, mask=mask, first=first, last=last, heads_mask=heads_mask, **t)


def mst(scores):
    """Chu, Liu and Edmonds: the best tree over words 1..n under the root 0; scores[d][h]."""
    n = scores.shape[0]
    head = scores.argmax(1)
    head[0] = -1
    colour = [0] * n
    for start in range(1, n):
        path, v = [], start
        while v > 0 and colour[v] == 0:
            colour[v] = start + 1
            path.append(v)
            v = head[v]
        if v > 0 and colour[v] == start + 1:
            cycle = [v]
            u = head[v]
            while u != v:
                cycle.append(u)
                u = head[u]
            inside = np.zeros(n, bool)
            inside[cycle] = True
            rest = [u for u in range(n) if not inside[u]]
            index = {u: k for k, u in enumerate(rest)}
            m = len(rest) + 1
            small = np.full((m, m), -1e18)
            enter, leave = {}, {}
            total = sum(scores[u, head[u]] for u in cycle)
            for u in rest:
                for w in rest:
                    if u != w:
                        small[index[u], index[w]] = scores[u, w]
                best = max(cycle, key=lambda c: scores[u, c])
                small[index[u], m - 1], leave[u] = scores[u, best], best
                best = max(cycle, key=lambda c: scores[c, u] - scores[c, head[c]])
                small[m - 1, index[u]], enter[u] = total + scores[best, u] - scores[best, head[best]], best
            inner = mst(small)
            out = head.copy()
            for u in rest:
                if u:
                    h = inner[index[u]]
                    out[u] = leave[u] if h == m - 1 else rest[h]
            h = rest[inner[m - 1]]
            out[enter[h]] = h
            out[0] = -1
            return out
    return head


def tree(arcs):
    """Heads of a sentence with one root, from log probabilities n x (n+1)."""
    n = arcs.shape[0]
    s = np.full((n + 1, n + 1), -1e18)
    s[1:] = arcs
    head = mst(s)
    if (head[1:] == 0).sum() == 1:
        return head[1:]
    best, value = None, -np.inf
    for r in np.argsort(-arcs[:, 0])[:4]:
        t = s.copy()
        t[1:, 0] = -1e9
        t[r + 1, 0] = s[r + 1, 0]
        h = mst(t)
        v = sum(t[i, h[i]] for i in range(1, n + 1))
        if v > value:
            best, value = h, v
    return best[1:]


STEP = np.full((len(NAMES), len(NAMES)), 0.0)
for i, a in enumerate(NAMES):
    for j, b in enumerate(NAMES):
        if b[0] == "I" and a[1:] != b[1:]:
            STEP[i, j] = -1e9


def viterbi(scores):
    v = scores[0] + np.where([x[0] == "I" for x in NAMES], -1e9, 0)
    back = []
    for row in scores[1:]:
        all_ = v[:, None] + STEP
        back.append(all_.argmax(0))
        v = all_.max(0) + row
    path = [int(v.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return [NAMES[i] for i in reversed(path)]


@torch.no_grad()
def predict(model, tokenizer, sentences, each):
    model.eval()
    done = 0
    for group in batches(sentences, False):
        b = collate(group, tokenizer)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            arcs, rd, rh, tags, names = model(b)
            arcs = torch.log_softmax(arcs, -1).numpy()
            heads = np.zeros(b["first"].shape, np.int64)
            sure = []
            for i, s in enumerate(group):
                n = len(s.words)
                heads[i, :n] = tree(arcs[i, :n, : n + 1].astype(np.float64))
                sure.append(float(np.mean([arcs[i, k, heads[i, k]] for k in range(n)])))
            rels = model.relations(rd, rh, torch.tensor(heads))
        rels[..., model.rels.index("root")] -= 1e4 * torch.tensor(heads != 0)
        for i, s in enumerate(group):
            n = len(s.words)
            top = rels[i, :n].argmax(-1).tolist()
            rel = ["root" if heads[i, k] == 0 else model.rels[top[k]] for k in range(n)]
            each(
                s,
                [model.tags[t] for t in tags[i, :n].argmax(-1).tolist()],
                heads[i, :n].tolist(),
                rel,
                viterbi(torch.log_softmax(names[i, :n], -1).numpy().astype(np.float64)),
                sure[i],
            )
        done += len(group)
        if done % 2000 < len(group):
            print(f"{done} of {len(sentences)} sentences", flush=True)


def spans(marks):
    out, start = set(), None
    for i, m in enumerate(marks + ["O"]):
        if start is not None and m[0] != "I":
            out.add((start, i, marks[start][2:]))
            start = None
        if m[0] == "B":
            start = i
    return out


def measure(model, tokenizer, sentences, title):
    c = dict.fromkeys(("n", "upos", "tag", "uas", "las", "ok", "said", "gold"), 0)

    def each(s, tags, heads, rels, names, _):
        for k in range(len(s.words)):
            c["n"] += 1
            c["upos"] += tags[k].split()[0] == s.tags[k].split()[0]
            c["tag"] += tags[k] == s.tags[k]
            c["uas"] += heads[k] == s.heads[k]
            c["las"] += heads[k] == s.heads[k] and rels[k].split(":")[0] == s.rels[k].split(":")[0]
        if s.names is not None:
            a, b = spans(names), spans(s.names)
            c["ok"] += len(a & b)
            c["said"] += len(a)
            c["gold"] += len(b)

    predict(model, tokenizer, sentences, each)
    f = 200 * c["ok"] / max(1, c["said"] + c["gold"])
    print(f"{title}: UPOS {100*c['upos']/c['n']:.2f} UAS {100*c['uas']/c['n']:.2f} LAS {100*c['las']/c['n']:.2f} names {f:.2f}", flush=True)


def read_training(data):
    ewt = conllu(data + "/ewt/en_ewt-ud-train.conllu")
    add_iob2(ewt, data + "/uner_ewt/en_ewt-ud-train.2022-12.iob2")
    return ewt, conllu(data + "/gum/en_gum-open-train.conllu"), wikigold(data + "/wikigold/wikigold.conll.txt")


def learn(folder, data, out, epochs=4):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ewt, gum, wiki = read_training(data)
    train = [s for s in ewt + gum + wiki if len(s.words) <= 160]
    ewt_dev = conllu(data + "/ewt/en_ewt-ud-dev.conllu")
    add_iob2(ewt_dev, data + "/uner_ewt/en_ewt-ud-dev.iob2")
    gum_dev = conllu(data + "/gum/en_gum-open-dev.conllu")
    pieces(train + ewt_dev + gum_dev, tokenizer)
    tags = sorted({t for s in train if s.tags for t in s.tags})
    rels = sorted({r for s in train if s.rels for r in s.rels})
    tag_id, rel_id = {t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(rels)}
    model = Teacher(folder, tags, rels)
    for p in model.encoder.embeddings.word_embeddings.parameters():
        p.requires_grad = False
    for layer in model.encoder.encoder.layer[:FROZEN]:
        for p in layer.parameters():
            p.requires_grad = False
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    mine = {id(p) for p in model.encoder.parameters()}
    heads = [p for p in model.parameters() if id(p) not in mine]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": 6e-5}, {"params": heads, "lr": 1.2e-3}], betas=(0.9, 0.98), weight_decay=0.01)
    steps = len(batches(train, True)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min((k + 1) / (0.08 * steps), max(0.01, (steps - k) / (0.92 * steps))))
    for epoch in range(epochs):
        model.train()
        begun, total, count = time.time(), np.zeros(4), 0
        groups = batches(train, True)
        for k, group in enumerate(groups):
            b = collate(group, tokenizer, tag_id, rel_id)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                arcs, rd, rh, tag, name = model(b)
                rel = model.relations(rd, rh, b["heads"].clamp(min=0))
            parts = [
                F.cross_entropy(x.flatten(0, 1), b[y].flatten(), ignore_index=-100, reduction="sum") / max(1, int((b[y] >= 0).sum()))
                for x, y in ((arcs, "heads"), (rel, "rels"), (tag, "tags"), (name, "names"))
            ]
            loss = parts[0] + parts[1] + 0.5 * parts[2] + parts[3]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total += np.array([float(p) for p in parts])
            count += 1
            if k % 25 == 24:
                print(f"epoch {epoch+1} batch {k+1} of {len(groups)}, {time.time()-begun:.0f} s, losses arc rel tag name {np.round(total/count, 3)}", flush=True)
                total, count = np.zeros(4), 0
        torch.save({"model": {k: v for k, v in model.state_dict().items()}, "tags": tags, "rels": rels}, out)
        measure(model, tokenizer, ewt_dev, "EWT development part")
        measure(model, tokenizer, gum_dev, "GUM open development part")


def load(folder, path):
    saved = torch.load(path, weights_only=True)
    model = Teacher(folder, saved["tags"], saved["rels"])
    model.load_state_dict(saved["model"])
    return model


def label(folder, path, source, out, trees=True):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = load(folder, path)
    sentences = [s for s in conllu(source, trees=False) if trees or s.words]
    pieces(sentences, tokenizer)
    answers = {}

    def each(s, *answer):
        answers[id(s)] = answer

    fit = [s for s in sentences if 0 < len(s.words) <= 150]
    predict(model, tokenizer, fit, each)
    with open(out, "w", encoding="utf-8") as f:
        for s in fit:
            tags, heads, rels, names, sure = answers[id(s)]
            at = 0
            f.write(f"# sure = {math.exp(sure):.3f}\n")
            for line in s.lines:
                if line[0] == "#":
                    f.write(line + "\n")
                    continue
                c = line.split("\t")
                if "-" not in c[0] and "." not in c[0]:
                    if trees:
                        c[3], c[4] = tags[at].split(" ")
                        c[2], c[5], c[6], c[7] = "_", "_", str(heads[at]), rels[at]
                    if "Name=" not in c[9]:
                        c[9] = ("" if c[9] == "_" else c[9] + "|") + "Name=" + names[at]
                    at += 1
                f.write("\t".join(c) + "\n")
            f.write("\n")
    print(f"{out}: {len(fit)} sentences, {sum(len(s.words) for s in fit)} words")


if __name__ == "__main__":
    torch.set_num_threads(2)
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "learn":
        learn(*arguments[:3], *(int(a) for a in arguments[3:]))
    elif command == "label":
        label(*arguments)
    elif command == "names":
        label(*arguments, trees=False)
    else:
        sys.exit(__doc__)
