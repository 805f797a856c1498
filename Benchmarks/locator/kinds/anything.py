"""Errors of no kind in particular, so that weights do not lean on knowing every kind there is."""
import numpy as np
from gen import DOB, F, L1, L2, M, P1F, P1L, P2F, P2L
from kinds import again, each, pick

NAMES = (L1, L2, F, M, P1L, P1F, P2L, P2F)
LETTERS = 'EAOSRNIDLCTUMPBGVYQHFZJXWK'


@each
def box_emptied(c, i, x):
    """Nothing in one of the boxes for names."""
    c[pick(NAMES, x)][i] = ''


@each
def boxes_exchanged(c, i, x):
    """What belongs into two boxes for names, each in the other."""
    a, b = pick(NAMES, x), pick(NAMES, again(x))
    c[a][i], c[b][i] = c[b][i], c[a][i]


@each
def box_of_another(c, i, x):
    """One box holds what another child of the file has there."""
    k = pick(NAMES, x)
    c[k][i] = c[k][int(again(x) * len(c[k]))]


@each
def letters_wrong(c, i, x):
    """One to three letters of one name changed, put in or left out, wherever they stand."""
    k = pick(NAMES, x)
    name = c[k][i]
    for n in range(1 + int(again(x) * 3)):
        if len(name) < 3:
            break
        r = again(x + n * .137, 2)
        at = int(r * len(name))
        letter = LETTERS[int(again(r) * len(LETTERS))]
        name = (name[:at] + letter + name[at + 1:], name[:at] + letter + name[at:], name[:at] + name[at + 1:])[int(again(r, 3) * 3)]
    c[k][i] = name


@each
def box_cut(c, i, x):
    """One name ends early."""
    k = pick(NAMES, x)
    c[k][i] = c[k][i][:3 + int(again(x) * 6)].strip()


@each
def date_wrong(c, i, x):
    """Day, month or year is any other: no slip explains it."""
    date = c[DOB][i]
    if not date:
        return
    y, m, d = date.split('-')
    part = int(again(x) * 3)
    if part == 0: y = '%04d' % (int(y) + pick((-4, -3, -2, 2, 3, 4), x))
    if part == 1: m = '%02d' % (1 + int(again(x, 2) * 12))
    if part == 2 or int(d) > 28: d = '%02d' % (1 + int(again(x, 3) * 28))
    c[DOB][i] = f'{y}-{m}-{d}'


def in_care(columns, rows, random):
    """Foster parents, grandparents or an uncle and aunt in the parents' boxes; the child's name stays."""
    c = columns.c
    for i, x in zip(rows.tolist(), random.tolist()):
        first = columns.names.draw('MH', np.array([again(x)]))[0], columns.names.draw('FH', np.array([again(x, 2)]))[0]
        drawn = columns.names.draw('SH', np.array([again(x, 3)]))[0]
        last = pick((drawn, drawn, c[L1][i] or drawn, c[L2][i] or drawn), x)
        for k, name in ((P1F, first[0]), (P2F, first[1]), (P1L, last), (P2L, last)): c[k][i] = name
        alone = again(x + .31)
        if alone < .3: c[P1F][i] = c[P1L][i] = ''
        elif alone < .4: c[P2F][i] = c[P2L][i] = ''


KINDS = dict(box_emptied=box_emptied, boxes_exchanged=boxes_exchanged, box_of_another=box_of_another, letters_wrong=letters_wrong,
             box_cut=box_cut, date_wrong=date_wrong, in_care=in_care)
