"""Careful offices and many who look alike: twins, siblings, namesakes."""
from gen import L1, L2, F, M, P2L

MIX = dict(hispanic=.97, siblings=.5, twins=.03, absent=.4, hard_absent=.7, present_twin=.08,
    query=dict(typo=.04, phonetic=.04, nick=.03, no_parent1=.3, no_parent2=.15, no_sid=.85, drop_last2=.3, second_given_only=.01, mother_name=.03),
    index=dict(typo=.04, phonetic=.03, drop_last2=.18, second_given_only=.006, mother_name=.03))
def second_given_only(c, rows, r):
    for i in rows.tolist():
        if c.c[M][i]: c.c[F][i], c.c[M][i] = c.c[M][i], ''
def mother_name(c, rows, r):
    "takes the stepfather's or mother's name as the first surname, keeps the others out"
    for i in rows.tolist():
        if c.c[P2L][i]: c.c[L1][i], c.c[L2][i] = c.c[P2L][i].split(' ')[0], ''
EXTRA = dict(second_given_only=second_given_only, mother_name=mother_name)
