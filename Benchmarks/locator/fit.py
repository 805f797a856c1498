#!/usr/bin/env python3
"""Fits the locator's weights from generated data and writes them as a Swift table.

    python3 Benchmarks/locator/fit.py WORK

WORK is a folder for what is generated (about 2 GB). Builds Benchmarks for release; takes about ten minutes
on one core. Needs numpy and scipy. Prints, for each mix, figures of queries that were not fitted on; the
mixes of HELD are never fitted on at all, and nothing is chosen by them.

Two tables over the same features: of single rows (logistic regression: is this row the student's?) and of
people, the rows that seem one person's taken together (conditional logit: which of these people, or nobody?
so that likelihoods of one answer make one). Both are shrunk towards zero, interactions more than levels.

The operating threshold, from which on an answer names a student (MatchPolicy.probable), is the lowest at
which the wrong student is named in no more than WRONG of the questions, by two standard errors: of all fitted
mixes, each counting as it does in the fit, and of each of SIZES, which are of the size of a real index. Only
questions that were not fitted on count.
"""
import argparse, csv, os, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from scipy import sparse
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TABLE = os.path.join(ROOT, 'Sources', 'RecordLocator', 'FittedWeights.swift')
# mix: students, queries, seed, how much a query of it counts
FIT = dict(dev=(45500, 24000, 130, 2), small=(4500, 4000, 131, 2), large=(300000, 20000, 133, 2), national=(2400000, 20000, 134, 2), typed=(45500, 24000, 110, 1),
           systems=(45500, 24000, 111, 1), lookalikes=(45500, 24000, 112, 1), harsh=(45500, 24000, 145, .6), registrar=(45500, 24000, 149, 1),
           world=(45500, 24000, 150, .7), care=(45500, 16000, 160, 1), wide_a=(45500, 16000, 161, 1), wide_b=(45500, 16000, 162, 1), wide_c=(45500, 16000, 163, 1))
HELD = dict(glued=(45500, 8000, 177, 0), heldout=(45500, 10000, 178, 0))
WRONG = .005                                           # the goal for the wrong student named
SIZES = ('large', 'national')                          # of the kit's mix; with the rows the children grow who look alike
ROWS, PEOPLE = 3500, 9000                              # queries of each mix that are fitted on, of rows and of people
TWIN = 1.5                                             # an absent twin counts more: to name the other one discloses a child
KNOTS = np.array([-6, -3, 0, 3, 6, 10, 15, 25], float)  # as EvidenceWeights.knots
RARITY_ASPECTS = (1, 0, 3)                             # as EvidenceWeights.rarityAspects: given, birthDay, surnames
RECORD = np.dtype([('q', '<u4'), ('e', '<u4'), ('n', '<u4'), ('r', '<f4'), ('o', '<f4'), ('N', '<u4'), ('l', 'u1', 16)])


class Layout:
    """The order of the weights, as EvidenceWeights.forEachFeature has it."""
    def __init__(self, levels):
        self.levels = levels; n = self.n = len(levels)
        self.starts = np.r_[1, 1 + np.cumsum(levels)]; self.pairs = {}; next_ = int(self.starts[n])
        for a in range(n):
            for b in range(a + 1, n): self.pairs[a, b] = next_; next_ += levels[a] * levels[b]
        self.rarity = next_; self.pieces = len(KNOTS) - 1
        self.count = next_ + self.pieces * (1 + sum(levels[a] for a in RARITY_ASPECTS))
        r = self.ridge = np.ones(self.count)
        r[0] = 0; r[1:self.starts[n]] = .3; r[self.starts[n]:self.rarity] = 2; r[self.rarity:self.rarity + self.pieces] = .01
        r[self.rarity + self.pieces:] = .3

    def features(self, d):
        n = len(d); L = d['l'].astype(np.int64); cols = [np.zeros(n, np.int64)]
        cols += [self.starts[a] + L[:, a] for a in range(self.n)]
        cols += [s + L[:, a] * self.levels[b] + L[:, b] for (a, b), s in self.pairs.items()]
        vals = [np.ones(n, np.float32)] * len(cols)
        chance = -(np.log(np.maximum(d['N'], 200).astype(float)) + d['r'])
        for p in range(self.pieces):
            size = np.clip(chance - KNOTS[p], 0, KNOTS[p + 1] - KNOTS[p]).astype(np.float32)
            cols.append(np.full(n, self.rarity + p)); vals.append(size); start = self.rarity + self.pieces
            for a in RARITY_ASPECTS:
                cols.append(start + L[:, a] * self.pieces + p); vals.append(size); start += self.levels[a] * self.pieces
        C, V = np.stack(cols, 1), np.stack(vals, 1)
        X = sparse.csr_matrix((V.ravel(), C.ravel().astype(np.int32), np.arange(0, C.size + 1, C.shape[1])), shape=(n, self.count))
        X.eliminate_zeros(); return X


def truth(folder):
    with open(os.path.join(folder, 'students.truth.csv'), newline='') as f: owner = np.array([r['student_id'] for r in csv.DictReader(f)])
    with open(os.path.join(folder, 'queries.truth.csv'), newline='') as f: rows = list(csv.DictReader(f))
    return owner, np.array([r['student_id'] for r in rows]), np.array([r['kind'] for r in rows])


def minimum(f, size, start=None, steps=200):
    return minimize(f, np.zeros(size) if start is None else start, jac=True, method='L-BFGS-B', options=dict(maxiter=steps)).x


def fit_rows(layout, X, y):
    XT, t = X.T.tocsr(), y.astype(float)

    def loss(b):
        z = X @ b
        return (np.logaddexp(0, z) - t * z).sum() + .5 * (layout.ridge * b * b).sum(), XT @ (1 / (1 + np.exp(-z)) - t) + layout.ridge * b
    return minimum(loss, layout.count, steps=80)


def fit_people(layout, X, y, g, w, start):
    """g: the number of each person's query; w: what each query counts. Nobody has the odds 1."""
    XT, t, G = X.T.tocsr(), y.astype(float), len(w); has = np.bincount(g, t, G) > 0

    def loss(b):
        z = np.clip(X @ b, -80, 60); m = np.zeros(G); np.maximum.at(m, g, z)
        e = np.exp(z - m[g]); s = np.bincount(g, e, G) + np.exp(-m)
        right = np.maximum(np.bincount(g, e * t, G), 1e-300)      # a person may be found in two parts
        log_p = np.where(has, np.log(right), -m) - np.log(s)
        gradient = w[g] * (e / s[g] - np.where(has[g], t * e / right[g], 0))
        return -(w * log_p).sum() + .5 * (layout.ridge * b * b).sum(), XT @ gradient + layout.ridge * b
    return minimum(loss, layout.count, start)


def figures(name, z, y, g, present):
    """What eval.py prints, from odds: recall@1, F1 at its best threshold, wrong student, calibration error."""
    G = len(present); e = np.exp(np.clip(z, -80, 60)); p = e / (np.bincount(g, e, G) + 1)[g]
    best = np.zeros(G); np.maximum.at(best, g, p); top = np.zeros(G, bool); top[g[(p >= best[g]) & y]] = True
    o = np.argsort(-best); tp, fp = np.cumsum(top[o]), np.cumsum(~top[o]); f1 = 2 * tp / (tp + fp + present.sum()); k = f1.argmax()
    bins = np.array_split(np.argsort(best, kind='stable'), 15); ece = sum(len(b) * abs(best[b].mean() - top[b].mean()) for b in bins) / G
    print(f'{name:12s} recall@1 {top[present].mean():.4f}  F1 {f1[k]:.4f} at {best[o][k]:.3f}  wrong {fp[k] / G:.4f}  ECE {ece:.4f}')
    return best, top, present


def threshold(answers):
    """The lowest likelihood, in hundredths, at which WRONG is kept; `answers` are what `figures` returns, by mix."""
    def most(names, t):
        """The share of wrong students, and two standard errors more."""
        share = {name: ((best >= t) & ~top).mean() for name, (best, top, _) in answers.items()}
        w = np.array([FIT[name][3] for name in names]); w = w / w.sum(); p = np.array([share[name] for name in names])
        return w @ p + 2 * np.sqrt((w * w * p * (1 - p) / [len(answers[name][0]) for name in names]).sum())
    return next(t for t in np.arange(1, 100) / 100 if max(most(names, t) for names in [list(answers), *([name] for name in SIZES)]) <= WRONG)


def swift(rows, people, operating):
    def literal(values):
        lines, line = [], '       '
        for v in np.clip(np.round(values * 256), -32767, 32767).astype(int):
            if len(line) + len(f' {v},') > 99: lines.append(line); line = '       '
            line += f' {v},'
        return '\n'.join(lines + [line])
    return f'''// Written by this command; do not edit:
//
//   python3 Benchmarks/locator/fit.py WORK
//
// 256ths of natural logarithms of odds, in the order of EvidenceWeights.forEachFeature.
extension IdentityIndex.Scoring {{
    /// The weights that a search uses.
    package static let fitted = Self(
        rows: EvidenceWeights(in256ths: fittedRows),
        people: EvidenceWeights(in256ths: fittedPeople)
    )

    /// The likelihood from which on an answer names a student: chosen on the fitted mixes.
    static let operating = {operating:.2f}

    private static let fittedRows: [Int16] = [
{literal(rows)}
    ]

    private static let fittedPeople: [Int16] = [
{literal(people)}
    ]
}}
'''


def main():
    parser = argparse.ArgumentParser(); parser.add_argument('work'); work = os.path.abspath(parser.parse_args().work)
    run = lambda *a: subprocess.run([str(x) for x in a], check=True, stdout=sys.stderr)
    run('swift', 'build', '-c', 'release', '--package-path', os.path.join(ROOT, 'Benchmarks'), '--product', 'LocatorEvidence')
    tool = os.path.join(ROOT, 'Benchmarks', '.build', 'release', 'LocatorEvidence')
    levels = [int(x) for x in subprocess.run([tool, 'layout'], check=True, capture_output=True, text=True).stdout.split()]
    layout = Layout(levels); weights = os.path.join(work, 'weights'); os.makedirs(weights, exist_ok=True)
    # Of an earlier fit, whose levels may be others; rows are observed without weights.
    for table in os.listdir(weights): os.remove(os.path.join(weights, table))
    data = {**FIT, **HELD}; folder = lambda name: os.path.join(work, name)
    for name, (students, queries, seed, _) in data.items():
        mix = 'dev' if name in ('dev', 'small', *SIZES) else os.path.join(HERE, 'mixes', name + '.py')
        if not os.path.exists(os.path.join(folder(name), 'queries.truth.csv')):
            run(sys.executable, os.path.join(HERE, 'gen.py'), '--students', students, '--queries', queries, '--seed', seed, '--mix', mix, '--out', folder(name))

    def observed(kind, name, most):
        out = os.path.join(work, f'{name}.{kind}.bin')
        run(tool, kind, os.path.join(folder(name), 'students.csv'), os.path.join(folder(name), 'queries.csv'), out, most, weights)
        d = np.fromfile(out, RECORD); owner, sought, kinds = truth(folder(name))
        return d, owner[d['e']] == sought[d['q']], sought, kinds

    # Of `national` only people: a row says no more in a large index, and a question meets very many.
    with ThreadPoolExecutor(2) as both: parts = list(both.map(lambda name: observed('rows', name, ROWS), [name for name in FIT if name != 'national']))
    rows = fit_rows(layout, sparse.vstack([layout.features(p[0]) for p in parts]).tocsr(), np.concatenate([p[1] for p in parts]))
    # People are found with the weights of rows that are committed, so these are rounded first.
    rows = np.clip(np.round(rows * 256), -32767, 32767) / 256
    for table in ('rows', 'people'): rows.astype('<f4').tofile(os.path.join(weights, table + '.bin'))

    X, y, g, w, G, tests = [], [], [], [], 0, []
    with ThreadPoolExecutor(2) as both: observations = list(both.map(lambda name: observed('people', name, 10 ** 9), data))
    for name, (d, right, sought, kinds) in zip(data, observations):
        fitted = d['q'] < (PEOPLE if name in FIT else 0)
        if name in FIT:
            n = min(PEOPLE, len(sought))
            X.append(layout.features(d[fitted])); y.append(right[fitted]); g.append(G + d['q'][fitted].astype(int)); G += n
            w.append(FIT[name][3] * np.where(kinds[:n] == 'absent_twin', TWIN, 1))
        first = PEOPLE if name in FIT else 0
        if first < len(sought): tests.append((name, d[~fitted], right[~fitted], d['q'][~fitted].astype(int) - first, sought[first:] != ''))
    people = fit_people(layout, sparse.vstack(X).tocsr(), np.concatenate(y), np.concatenate(g), np.concatenate(w), rows)
    # The table holds 256ths, so what is chosen by it and printed of it is of these.
    people = np.clip(np.round(people * 256), -32767, 32767) / 256
    answers = {name: figures(name, layout.features(d) @ people, right, query, present) for name, d, right, query, present in tests}
    operating = threshold({name: answers[name] for name in FIT if name in answers})
    print(f'operating threshold {operating:.2f}')
    for name, (best, top, present) in answers.items():
        named = best >= operating
        print(f'{name:12s} F1 {2 * (named & top).sum() / (named.sum() + present.sum()):.4f}  wrong {(named & ~top).mean():.4f}')
    with open(TABLE, 'w') as f: f.write(swift(rows, people, operating))
    print('written:', os.path.relpath(TABLE, ROOT))


if __name__ == '__main__':
    main()
