"""HELD OUT, as `heldout`: glued given names, lost vowels, months off by one. Never fit to it."""
from gen import L1, L2, F, M, SEX, DOB, P2L

MIX = dict(hispanic=.85, double=.88, siblings=.38, twins=.02, jan1=.012, absent=.30, hard_absent=.5, present_twin=.05,
    query=dict(drop_vowel=.04, glued_first=.03, family_of_both=.03, month_off=.02, year_typo=.015, prefix_title=.02, typo=.1, nick=.08, no_parent1=.5, no_parent2=.3, no_sid=.7, dob_swap=.035, no_dob=.025),
    index=dict(drop_vowel=.03, glued_first=.03, family_of_both=.02, month_off=.01, year_typo=.01, typo=.07, drop_last2=.28, mojibake=.02))
def drop_vowel(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        k = (L1, F)[int(x*977) % 2]; s = c.c[k][i]
        v = [j for j, ch in enumerate(s) if j and ch.upper() in 'AEIOU']
        if v and len(s) > 4:
            j = v[int(x*7919) % len(v)]; c.c[k][i] = s[:j] + s[j+1:]
def glued_first(c, rows, r):
    for i in rows.tolist():
        if c.c[M][i]: c.c[F][i], c.c[M][i] = c.c[F][i] + c.c[M][i], ''
def family_of_both(c, rows, r):
    "surname of the mother put before, as after a marriage"
    for i in rows.tolist():
        if c.c[P2L][i] and c.c[L1][i]: c.c[L1][i], c.c[L2][i] = c.c[P2L][i], c.c[L1][i]
def month_off(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        s = c.c[DOB][i]
        if s:
            m = int(s[5:7]) % 12 + 1; d = min(int(s[8:]), 28); c.c[DOB][i] = '%s-%02d-%02d' % (s[:4], m, d)
def year_typo(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        s = c.c[DOB][i]
        if s: c.c[DOB][i] = '%04d%s' % (int(s[:4]) + (2, -2, 3, 9, 100)[int(x*977) % 5], s[4:] if s[5:] != '02-29' else '-02-28')
def prefix_title(c, rows, r):
    for i in rows.tolist(): c.c[F][i] = 'MA. ' + c.c[F][i] if c.c[SEX][i] == 'F' else c.c[F][i]
EXTRA = dict(drop_vowel=drop_vowel, glued_first=glued_first, family_of_both=family_of_both, month_off=month_off, year_typo=year_typo, prefix_title=prefix_title)
