"""State systems: cut fields, names reordered, dates defaulted, numbers missing."""
from gen import L1, L2, F, M, DOB, P1F, P2F

MIX = dict(hispanic=.95, absent=.15, hard_absent=.35, twins=.02, present_twin=.08,
    query=dict(double_letter=.04, order=.04, first_of_month=.02, initial_first=.03, no_sid=.5, sid_typo=.05, no_dob=.06, by_middle=.06, swap_last=.08, only_last2=.10, wrong_gender=.02, wrong_place=.08),
    index=dict(truncate=.06, order=.02, first_of_month=.015, initial_first=.015, mojibake=.04, no_sid=.3, dob_jan1=.02, no_dob=.02, dob_year=.02, wrong_gender=.015, new_surname=.03, parent_nick=.08))
def order(c, rows, r):
    "the full name in one field or surname and given names together"
    for i, x in zip(rows.tolist(), r.tolist()):
        if x < .5: c.c[F][i], c.c[M][i] = (c.c[M][i] or c.c[F][i]), (c.c[F][i] if c.c[M][i] else '')
        else: c.c[L1][i], c.c[L2][i], c.c[M][i] = c.c[L2][i] or c.c[L1][i], '', (c.c[M][i] + ' ' + c.c[L1][i]).strip() if c.c[L2][i] else c.c[M][i]
def first_of_month(c, rows, r):
    for i in rows.tolist():
        if c.c[DOB][i]: c.c[DOB][i] = c.c[DOB][i][:8] + '01'
def initial_first(c, rows, r):
    for i in rows.tolist():
        if c.c[M][i]: c.c[F][i] = c.c[F][i][:1]
def double_letter(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        for k in (L1, F):
            s = c.c[k][i]
            if len(s) > 4:
                j = 1 + int(x*7919) % (len(s)-2); c.c[k][i] = s[:j] + s[j+1:]
def parent_nick(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        for k in (P1F, P2F):
            n = c.names.nick.get(c.c[k][i].upper())
            if n: c.c[k][i] = n[int(x*7919) % len(n)]
EXTRA = dict(order=order, first_of_month=first_of_month, initial_first=initial_first, double_letter=double_letter, parent_nick=parent_nick)
