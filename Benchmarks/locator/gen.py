#!/usr/bin/env python3
"""Synthetic migrant-student identities for testing a student record locator.

    gen.py --students 100000 --queries 5000 --seed 1 --out DIR [--mix dev|FILE.py]

Writes to DIR
  students.csv        the index: one row per location entry (a school that holds records of a student)
  students.truth.csv  entry_id, student_id
  queries.csv         what a registrar would type in
  queries.truth.csv   query_id, student_id (empty: not in the index), kind
Same arguments, same bytes. Needs numpy and names.tsv (beside this file). Nobody in it is real.

A mix is a dict of rates (see DEV). FILE.py must define MIX (rates that differ from DEV) and may define
EXTRA = {name: function(Columns, rows, random)} : corruption kinds of its own, with a rate of that name
in MIX['query'] and MIX['index']. It may define NAMES(names), which changes the name tables before the first draw.
"""
import argparse, bisect, csv, importlib.util, os, unicodedata
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ID = ['last_name1', 'last_name2', 'first_name', 'middle_name', 'generation', 'gender', 'birth_date', 'birth_city',
      'birth_state', 'birth_country', 'parent1_last', 'parent1_first', 'parent2_last', 'parent2_first', 'state_student_id']
L1, L2, F, M, GEN, SEX, DOB, BC, BS, BK, P1L, P1F, P2L, P2F, SID = range(15)
NAMES = (L1, L2, F, M, P1L, P1F, P2L, P2F)

# Rates per record. 'index': a school or state system registering the student; 'query': a registrar asking.
DEV = dict(
    hispanic=.90, double=.93, siblings=.35, twins=.015, jan1=.008,
    absent=.25, hard_absent=.45, present_twin=.04,          # of queries; of absent ones; of present ones
    index=dict(drop_last2=.24, only_last2=.05, swap_last=.03, join_last=.12, last1_to_middle=.05, first_last_swap=.008,
               drop_middle=.28, initial=.12, merge_middle=.10, by_middle=.04, new_surname=.015, particle=.30,
               no_accents=.80, mojibake=.01, title_case=.5, nick=.04, phonetic=.05, typo=.06, truncate=.01,
               no_generation=.5, generation_in_last=.15, no_gender=.02, wrong_gender=.008,
               dob_swap=.012, dob_digits=.012, dob_near=.015, dob_year=.010, dob_jan1=.006, no_dob=.005,
               no_city=.25, no_state=.18, no_country=.08, wrong_place=.03, no_parent1=.25, no_parent2=.10,
               swap_parents=.04, parent_typo=.06, parent_married=.20, no_sid=.08, sid_typo=.01),
    query=dict(drop_last2=.22, only_last2=.06, swap_last=.04, join_last=.12, last1_to_middle=.05, first_last_swap=.012,
               drop_middle=.35, initial=.10, merge_middle=.10, by_middle=.05, new_surname=.02, particle=.30,
               no_accents=.70, mojibake=.005, title_case=.5, nick=.06, phonetic=.07, typo=.08, truncate=0.,
               no_generation=.6, generation_in_last=.1, no_gender=.05, wrong_gender=.008,
               dob_swap=.025, dob_digits=.02, dob_near=.02, dob_year=.015, dob_jan1=.004, no_dob=.03,
               no_city=.35, no_state=.25, no_country=.12, wrong_place=.04, no_parent1=.40, no_parent2=.20,
               swap_parents=.06, parent_typo=.08, parent_married=.20, no_sid=.75, sid_typo=.03))

PLACES = [('MX', s, c) for s, cs in {'MIC': 'Morelia,Uruapan,Zamora,Apatzingán,Zacapu,La Piedad', 'GUA': 'León,Irapuato,Celaya,Salamanca,San Miguel de Allende,Dolores Hidalgo,Yuriria',
          'OAX': 'Oaxaca,Juchitán,Huajuapan de León,Tlaxiaco,Santiago Juxtlahuaca', 'GRO': 'Acapulco,Chilpancingo,Iguala,Tlapa', 'JAL': 'Guadalajara,Tepatitlán,Lagos de Moreno,Ocotlán', 'ZAC': 'Zacatecas,Fresnillo,Jerez',
          'SLP': 'San Luis Potosí,Matehuala,Rioverde', 'VER': 'Veracruz,Xalapa,Córdoba', 'TAM': 'Matamoros,Reynosa,Nuevo Laredo', 'PUE': 'Puebla,Atlixco', 'CHP': 'Tapachula,Tuxtla Gutiérrez', 'BCN': 'Tijuana,Mexicali'}.items() for c in cs.split(',')]
PLACES += [('US', s, c) for s, cs in {'TX': 'McAllen,Brownsville,Laredo,Edinburg,Weslaco,Eagle Pass,Mission', 'CA': 'Fresno,Salinas,Bakersfield,Visalia,Watsonville,Madera,Oxnard,Merced', 'FL': 'Immokalee,Homestead,Plant City,Belle Glade',
           'WA': 'Yakima,Pasco,Sunnyside,Wenatchee', 'OR': 'Woodburn,Hood River', 'NC': 'Clinton,Wilson,Goldsboro', 'GA': 'Tifton,Moultrie', 'MI': 'Holland,Benton Harbor', 'AZ': 'Yuma,Nogales', 'ID': 'Caldwell,Nampa', 'NY': 'Batavia,Albion'}.items() for c in cs.split(',')]
PLACES += [('GT', 'HU', 'Huehuetenango'), ('GT', 'SM', 'San Marcos'), ('GT', 'QC', 'Quetzaltenango'), ('HN', 'CR', 'San Pedro Sula'), ('SV', 'SM', 'San Miguel'), ('HT', 'OU', 'Port-au-Prince'), ('PR', 'PR', 'Mayagüez')]
PLACE_P = np.array([2.2 if p[0] == 'MX' else 2.4 if p[0] == 'US' else 1.2 for p in PLACES]); PLACE_P /= PLACE_P.sum()
STATES = 'CA TX FL WA OR NC GA MI AZ ID NY CO KS NE MN WI IL IN OH PA NJ VA SC TN KY AL LA AR OK NM UT MT'.split()
STATE_P = np.array([27, 22, 9, 8, 5, 3, 3, 3, 2.5, 2, 2, 2, 2, 1.5] + [1.] * (len(STATES) - 14)); STATE_P /= STATE_P.sum()
PARTICLES = ('DE LA ', 'DE LOS ', 'DE LAS ', 'DEL ', 'DE ')
KEYS = {c: n for r in ('QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM') for c, n in zip(r, [r[max(0, i - 1)] + r[min(len(r) - 1, i + 1)] for i in range(len(r))])}
PHON = [('V', 'B'), ('B', 'V'), ('Z', 'S'), ('S', 'Z'), ('CE', 'SE'), ('CI', 'SI'), ('H', ''), ('LL', 'Y'), ('Y', 'LL'), ('GE', 'JE'), ('J', 'X'), ('X', 'J'), ('QU', 'K'), ('C', 'K'), ('K', 'C'), ('I', 'Y'), ('Y', 'I'), ('RR', 'R'), ('NN', 'N'), ('Ñ', 'NI'), ('G', 'GU'), ('PH', 'F'), ('TH', 'T'), ('EZ', 'ES')]


def plain(s):
    return ''.join(c for c in unicodedata.normalize('NFD', s) if not unicodedata.combining(c))


class Names:
    def __init__(self):
        t = {}
        for row in open(os.path.join(HERE, 'names.tsv'), encoding='utf-8'):
            k, a, b = row.rstrip('\n').split('\t')
            t.setdefault(k, ([], []))[0].append(a); t[k][1].append(b)
        self.nick = {a: b.split() for a, b in zip(*t.pop('NK'))}
        self.t = {k: (np.array(a, object), np.cumsum(np.array(w, float)) / sum(map(float, w))) for k, (a, w) in t.items()}

    def draw(self, kind, u):
        a, c = self.t[kind]
        return a[np.minimum(np.searchsorted(c, u), len(a) - 1)]


# ---- corruption of single values; r is a float in [0, 1)

def typo(s, r):
    if len(s) < 3: return s
    i = 1 + int(r * 7919) % (len(s) - 1); k = int(r * 104729) % 4
    if k == 0: return s[:i] + s[i + 1:]
    if k == 1: return s[:i] + s[i] + s[i:]
    if k == 2 and i < len(s) - 1: return s[:i] + s[i + 1] + s[i] + s[i + 2:]
    n = KEYS.get(plain(s[i]).upper()); return s[:i] + (n[int(r * 31337) % 2] if n else 'A') + s[i + 1:]

def phonetic(s, r):
    fit = [(a, b) for a, b in PHON if a in s]
    if not fit: return typo(s, r)
    a, b = fit[int(r * 7919) % len(fit)]; return s.replace(a, b, 1)

def digit(s, r, swap=.5):
    d = [i for i, c in enumerate(s) if c.isdigit()]
    if len(d) < 2: return s
    j = int(r * 7919) % (len(d) - 1); s = list(s)
    if (r * 977) % 1 < swap and s[d[j]] != s[d[j + 1]]: s[d[j]], s[d[j + 1]] = s[d[j + 1]], s[d[j]]
    else: s[d[j]] = str((int(s[d[j]]) + 1 + int(r * 31337) % 9) % 10)
    return ''.join(s)

def valid(y, m, d):
    return 1 <= m <= 12 and 1 <= d <= (31, 29 if y % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]

def dob(s, kind, r):
    if not s: return s
    y, m, d = int(s[:4]), int(s[5:7]), int(s[8:])
    if kind == 'dob_swap' and valid(y, d, m) and d != m: m, d = d, m
    elif kind in ('dob_near', 'dob_swap'):
        c = [(y, m, d + k) for k in (-1, 1, 10, -10)] + [(y, m + k, d) for k in (-1, 1)]; c = [x for x in c if valid(*x)]
        y, m, d = c[int(r * 7919) % len(c)]
    elif kind == 'dob_year': y += (-1, 1, -1, 1, -10)[int(r * 7919) % 5]
    elif kind == 'dob_jan1': m = d = 1
    else:                                              # two digits of day or month exchanged, or one wrong
        for k in range(12):
            t = digit(s[5:], (r + k * .083) % 1); a, b = int(t[:2]), int(t[3:])
            if valid(y, a, b): m, d = a, b; break
    if not valid(y, m, d): d = 28
    return '%04d-%02d-%02d' % (y, m, d)


class Columns:
    """Identity columns of some records, and the ways in which they go wrong."""
    def __init__(self, cols, names): self.c, self.names = cols, names

    def apply(self, kind, rows, r):
        c = self.c
        for i, x in zip(rows.tolist(), r.tolist()):
            if kind == 'drop_last2': c[L2][i] = ''
            elif kind == 'only_last2':
                if c[L2][i]: c[L1][i], c[L2][i] = c[L2][i], ''
            elif kind == 'swap_last':
                if c[L2][i]: c[L1][i], c[L2][i] = c[L2][i], c[L1][i]
            elif kind == 'join_last':
                if c[L2][i]: c[L1][i], c[L2][i] = c[L1][i] + (' ', '-')[int(x * 977) % 2] + c[L2][i], ''
            elif kind == 'last1_to_middle':
                if c[L2][i]: c[M][i], c[L1][i], c[L2][i] = (c[M][i] + ' ' + c[L1][i]).strip(), c[L2][i], ''
            elif kind == 'first_last_swap': c[F][i], c[L1][i] = c[L1][i], c[F][i]
            elif kind == 'drop_middle': c[M][i] = ''
            elif kind == 'initial': c[M][i] = c[M][i][:1]
            elif kind == 'merge_middle': c[F][i], c[M][i] = (c[F][i] + ' ' + c[M][i]).strip(), ''
            elif kind == 'by_middle':
                if len(c[M][i]) > 1: c[F][i], c[M][i] = c[M][i], ''
            elif kind == 'new_surname':
                n = self.names.draw('SH', np.array([x]))[0]; c[L1][i] = n
                if (x * 977) % 1 < .7: c[P1L][i] = n
            elif kind == 'particle':
                for k in (L1, L2):
                    for p in PARTICLES:
                        if c[k][i].startswith(p):
                            c[k][i] = c[k][i].replace(' ', '') if (x * 977) % 1 < .7 else c[k][i][len(p):]; break
            elif kind == 'no_accents':
                for k in NAMES + (BC,): c[k][i] = plain(c[k][i])
            elif kind == 'mojibake':
                for k in NAMES: c[k][i] = c[k][i].replace('Ñ', '?') if x < .5 else c[k][i].encode('utf-8').decode('latin-1')
            elif kind == 'title_case':
                for k in NAMES: c[k][i] = c[k][i].title()
            elif kind == 'nick':
                n = self.names.nick.get(plain(c[F][i]).upper().split(' ')[0])
                if n: c[F][i] = n[int(x * 7919) % len(n)]
            elif kind in ('phonetic', 'typo', 'parent_typo'):
                k = (P1L, P1F, P2L, P2F)[int(x * 977) % 4] if kind[0] == 'p' and kind[1] == 'a' else (L1, L1, L2, F, F, M)[int(x * 977) % 6]
                c[k][i] = (phonetic if kind == 'phonetic' else typo)(c[k][i], x)
            elif kind == 'truncate':
                for k in (L1, L2, F, M): c[k][i] = c[k][i][:8]
            elif kind == 'no_generation': c[GEN][i] = ''
            elif kind == 'generation_in_last':
                if c[GEN][i]: c[L1][i], c[GEN][i] = c[L1][i] + ' ' + c[GEN][i], ''
            elif kind == 'wrong_gender': c[SEX][i] = {'F': 'M', 'M': 'F'}.get(c[SEX][i], '')
            elif kind.startswith('dob_'): c[DOB][i] = dob(c[DOB][i], kind, x)
            elif kind == 'wrong_place':
                p = PLACES[int(x * 7919) % len(PLACES)]; c[BC][i] = p[2]
                if x < .5: c[BS][i], c[BK][i] = p[1], p[0]
            elif kind == 'swap_parents': c[P1L][i], c[P1F][i], c[P2L][i], c[P2F][i] = c[P2L][i], c[P2F][i], c[P1L][i], c[P1F][i]
            elif kind == 'parent_married': c[P2L][i] = c[P1L][i]
            elif kind == 'no_parent1': c[P1L][i] = c[P1F][i] = ''
            elif kind == 'no_parent2': c[P2L][i] = c[P2F][i] = ''
            elif kind == 'sid_typo': c[SID][i] = digit(c[SID][i], x)
            else: c[{'no_gender': SEX, 'no_dob': DOB, 'no_city': BC, 'no_state': BS, 'no_country': BK, 'no_sid': SID}[kind]][i] = ''

    def corrupt(self, rates, rng, extra, scale=1.0):
        n = len(self.c[0])
        # what happens to the person comes first, then what the clerk does, then what the software does
        order = [k for k in rates if k not in ('mojibake', 'no_accents', 'truncate', 'title_case')] + [k for k in ('no_accents', 'mojibake', 'truncate', 'title_case') if k in rates]
        for kind in order:
            rows = np.nonzero(rng.random(n) < rates[kind] * (scale if kind not in ('title_case',) else 1))[0]
            if len(rows):
                if kind in extra: extra[kind](self, rows, rng.random(len(rows)))
                else: self.apply(kind, rows, rng.random(len(rows)))


def identities(rng, n, base, names, mix):
    """True identities of n students as 15 lists; neighbours may be siblings or twins."""
    h = rng.random(n) < mix['hispanic']; girl = rng.random(n) < .5
    def sur(): u = rng.random(n); return np.where(h, names.draw('SH', u), names.draw('SO', u))
    def given(g): u = rng.random(n); return np.where(h, np.where(g, names.draw('FH', u), names.draw('MH', u)), np.where(g, names.draw('FO', u), names.draw('MO', u)))
    last1, last2, fa2 = sur(), sur(), sur()
    first, mid = given(girl), given(girl)
    p1f, p2f = given(np.zeros(n, bool)), given(np.ones(n, bool))
    year = 1999 + (rng.random(n) * 18).astype(int); doy = (rng.random(n) * 365).astype(int)
    place = rng.choice(len(PLACES), n, p=PLACE_P)
    has2 = rng.random(n) < np.where(h, mix['double'], .02); hasm = rng.random(n) < np.where(h, .5, .75)
    jr = (~girl) & (rng.random(n) < .03); fat2 = rng.random(n) < .5
    u = rng.random(n); run = u < mix['siblings']; twin = rng.random(n) < mix['twins']
    jan1 = rng.random(n) < mix['jan1']; gap = 1 + (rng.random(n) * 5).astype(int); same_place = rng.random(n) < .6
    days = np.array([f'-{m:02d}-{d:02d}' for m in range(1, 13) for d in range(1, 32) if valid(2001, m, d)], object)
    out = [[''] * n for _ in range(15)]
    for i in range(n):
        if i and (run[i] or twin[i]) and i % 5:                  # sibling of the previous student
            last1[i], last2[i], fa2[i], p1f[i], p2f[i] = last1[i - 1], last2[i - 1], fa2[i - 1], p1f[i - 1], p2f[i - 1]
            has2[i], fat2[i], h[i] = has2[i - 1], fat2[i - 1], h[i - 1]
            if twin[i]: year[i], doy[i], jan1[i], place[i] = year[i - 1], doy[i - 1], jan1[i - 1], place[i - 1]
            else:
                year[i] = min(2016, max(1999, year[i - 1] + (gap[i] if doy[i] % 2 else -gap[i])))
                if same_place[i]: place[i] = place[i - 1]
            if first[i] == first[i - 1]: mid[i], hasm[i] = first[i], True
        k, s, c = PLACES[place[i]]
        if jr[i]: p1f[i] = first[i]
        v = (last1[i], last2[i] if has2[i] else '', first[i], mid[i] if hasm[i] and mid[i] != first[i] else '',
             ('JR' if doy[i] % 8 else 'III') if jr[i] else '', 'F' if girl[i] else 'M',
             str(year[i]) + ('-01-01' if jan1[i] else days[doy[i]]), c.upper(), s, k,
             last1[i] + (' ' + fa2[i] if h[i] and fat2[i] else ''), p1f[i], last2[i] if h[i] else last1[i], p2f[i], '')
        for col, x in zip(out, v): col[i] = x
    return out


def absent_from(kind, person, rng, names):
    """Somebody like `person` who is not in the index."""
    p = list(person); g = 'F' if p[SEX] == 'F' else 'M'
    def given(g):
        while True:
            n = names.draw(g + 'H', rng.random(1))[0]
            if n != p[F]: return n
    if kind == 'twin':
        g = g if rng.random() < .6 else ('M' if g == 'F' else 'F'); p[SEX] = g; p[F], p[GEN] = given(g), ''
        if rng.random() < .5 or p[M] == p[F]: p[M] = given(g) if rng.random() < .5 else ''
    elif kind == 'sibling':
        g = 'FM'[int(rng.random() * 2)]; p[SEX] = g; p[F], p[M], p[GEN] = given(g), given(g) if rng.random() < .5 else '', ''
        p[DOB] = '%04d-%02d-%02d' % (int(p[DOB][:4]) + (1, 2, 3, -1, -2, -3)[int(rng.random() * 6)], 1 + int(rng.random() * 12), 1 + int(rng.random() * 28))
    else:                                              # namesake: same names, birth date near or alike, another family and place
        p[DOB] = dob(p[DOB], ('dob_near', 'dob_swap', 'dob_digits', 'dob_year')[int(rng.random() * 4)], rng.random())
        p[P1F], p[P2F] = names.draw('MH', rng.random(1))[0], names.draw('FH', rng.random(1))[0]
        p[P1L] = p[L1]; k = PLACES[rng.choice(len(PLACES), p=PLACE_P)]; p[BK], p[BS], p[BC] = k[0], k[1], k[2].upper()
        if rng.random() < .7: p[L2] = p[P2L] = names.draw('SH', rng.random(1))[0]
        if rng.random() < .5: p[M] = given(g) if rng.random() < .5 else ''
    return p


def main():
    a = argparse.ArgumentParser(); a.add_argument('--students', type=int, default=100000); a.add_argument('--queries', type=int, default=5000)
    a.add_argument('--seed', type=int, default=1); a.add_argument('--out', required=True); a.add_argument('--mix', default='dev'); a = a.parse_args()
    mix, extra = DEV, {}
    if a.mix != 'dev':
        sp = importlib.util.spec_from_file_location('mix', a.mix); m = importlib.util.module_from_spec(sp); sp.loader.exec_module(m)
        mix = {**DEV, **m.MIX, 'index': {**DEV['index'], **m.MIX.get('index', {})}, 'query': {**DEV['query'], **m.MIX.get('query', {})}}
        extra = getattr(m, 'EXTRA', {})
    os.makedirs(a.out, exist_ok=True); names = Names(); N = a.students
    if a.mix != 'dev': getattr(m, 'NAMES', lambda _: None)(names)
    plan = np.random.default_rng([a.seed, 0])
    n_abs = int(a.queries * mix['absent']); n_hard = int(n_abs * mix['hard_absent']); n_pre = a.queries - n_abs
    picks = np.sort(plan.choice(N, n_pre, replace=False)); hard = np.sort(plan.choice(N, n_hard, replace=False))
    n_tw = int(n_pre * mix['present_twin'])
    nschool = max(400, N // 150); school_p = np.cumsum(STATE_P)
    open_ = lambda f, head: (lambda h: (h.write(','.join(head) + '\n'), h)[1])(open(os.path.join(a.out, f), 'w', encoding='utf-8', newline=''))
    fs, ft = open_('students.csv', ['entry_id', 'state', 'school_id', 'enroll_date', 'withdraw_date'] + ID), open_('students.truth.csv', ['entry_id', 'student_id'])
    ws, wt = csv.writer(fs, lineterminator='\n'), csv.writer(ft, lineterminator='\n')
    Q, twins_seen, eno, CH = [], 0, 0, 50000
    for ch, lo in enumerate(range(0, N, CH)):
        n = min(CH, N - lo); rng = np.random.default_rng([a.seed, 1, ch]); qr = np.random.default_rng([a.seed, 2, ch])
        T = identities(rng, n, lo, names, mix)
        # --- where they went: stays, each in a state; one registration per (student, state)
        stays = np.minimum(1 + rng.geometric(.45, n) - 1, 8); stays = np.maximum(stays, 1)
        owner = np.repeat(np.arange(n), stays); k = len(owner)
        move = rng.random(k) < .45; st = np.searchsorted(school_p, rng.random(k)); first = np.r_[True, owner[1:] != owner[:-1]]
        for i in np.nonzero(~move & ~first)[0]: st[i] = st[i - 1]
        sch = (rng.random(k) ** 2 * nschool / 12).astype(int); start = (rng.random(k) * 300).astype(int); stay = 20 + (rng.random(k) * 250).astype(int)
        reg, inv = np.unique(owner * 64 + st, return_inverse=True); who = reg // 64; rst = reg % 64
        R = Columns([[col[w] for w in who.tolist()] for col in T], names)
        ids = rng.integers(10 ** 8, 10 ** 9, len(reg)); R.c[SID] = [str(1 + s) + str(i) for s, i in zip(rst.tolist(), ids.tolist())]
        true_sid = list(R.c[SID]); R.corrupt(mix['index'], rng, extra)
        E = Columns([[col[w] for w in inv.tolist()] for col in R.c], names)
        later = {x: mix['index'][x] for x in ('typo', 'dob_near', 'dob_digits', 'nick', 'drop_middle', 'no_parent1', 'drop_last2', 'sid_typo')}
        E.corrupt(later, rng, {}, .25)
        yr = np.array([int(d[:4]) for d in T[DOB]])[owner]; ordn = np.arange(k) - np.nonzero(first)[0][np.cumsum(first) - 1]
        base = np.minimum(2019, yr + 5 + (owner * 7 % 9)); day = np.datetime64('0001-01-01')
        y0 = (base + ordn).astype(int); d0 = np.array([np.datetime64(f'{y}-01-01') for y in y0]) + start; d1 = d0 + stay
        eid = [f'E{(0x9E3779B1 * (eno + i + a.seed)) & 0xFFFFFFFF:08x}' for i in range(k)]; eno += k
        ws.writerows(zip(eid, (STATES[s] for s in st), (f'{STATES[s]}{x:05d}' for s, x in zip(st, sch)), d0.astype(str), ('' if r else x for r, x in zip(np.r_[first[1:], True] & (y0 > 2018), d1.astype(str))), *E.c))
        wt.writerows((e, f'S{lo + o:08d}') for e, o in zip(eid, owner.tolist()))
        # --- queries
        sid_of = {}
        for w, s in zip(who.tolist(), true_sid): sid_of.setdefault(w, []).append(s)
        mine = [int(p) - lo for p in picks[(picks >= lo) & (picks < lo + n)]]
        isdup = lambda i: i > 0 and T[DOB][i] == T[DOB][i - 1] and T[L1][i] == T[L1][i - 1] and T[P2F][i] == T[P2F][i - 1]
        tw = [i - j for i in range(n) if isdup(i) for j in (0, 1)]; want = int(round(n_tw * (lo + n) / N)) - twins_seen
        for i in tw[:max(0, min(want, len(mine)))]:
            if i not in mine: mine[int(qr.random() * len(mine))] = i; twins_seen += 1
        tws = set(tw); rows = []
        for i in mine:
            p = [col[i] for col in T]; s = sid_of[i]; p[SID] = s[int(qr.random() * len(s))]
            rows.append((f'S{lo + i:08d}', 'present_twin' if i in tws else 'present', p))
        for x in hard[(hard >= lo) & (hard < lo + n)]:
            kind = ('twin', 'sibling', 'namesake')[int(qr.random() * 3)]
            p = absent_from(kind, [col[int(x) - lo] for col in T], qr, names); p[SID] = str(1 + int(qr.random() * len(STATES))) + str(qr.integers(10 ** 8, 10 ** 9))
            rows.append(('', 'absent_' + kind, p))
        Q += rows
    rng = np.random.default_rng([a.seed, 3]); fresh = identities(rng, n_abs - n_hard, 0, names, mix)
    for p in zip(*fresh):
        p = list(p); p[SID] = str(1 + int(rng.random() * len(STATES))) + str(rng.integers(10 ** 8, 10 ** 9)); Q.append(('', 'absent', p))
    Q = [Q[i] for i in rng.permutation(len(Q))]
    C = Columns([list(x) for x in zip(*[p for _, _, p in Q])], names); C.corrupt(mix['query'], rng, extra)
    fq, fqt = open_('queries.csv', ['query_id'] + ID), open_('queries.truth.csv', ['query_id', 'student_id', 'kind'])
    wq, wqt = csv.writer(fq, lineterminator='\n'), csv.writer(fqt, lineterminator='\n')
    for i, (s, kind, _) in enumerate(Q):
        wq.writerow([f'Q{i:06d}'] + [col[i] for col in C.c]); wqt.writerow([f'Q{i:06d}', s, kind])
    for f in (fs, ft, fq, fqt): f.close()
    print(f'{N} students, {eno} entries, {len(Q)} queries in {a.out}')


if __name__ == '__main__':
    main()
