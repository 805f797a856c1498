"""Surnames: families that change, and forms with one box."""
import numpy as np
from gen import F, GEN, L1, L2, M, P1F, P1L, P2F, P2L, PARTICLES
from kinds import again, each, pick


def stepfather(columns, rows, random):
    """The stepfather's surname in the child's, and he as the first parent."""
    c = columns.c
    for i, x in zip(rows.tolist(), random.tolist()):
        name = columns.names.draw('SH', np.array([x]))[0]
        c[P1L][i], c[P1F][i] = name, columns.names.draw('MH', np.array([again(x)]))[0]
        if again(x, 2) < .6:
            c[L1][i] = name
        elif again(x, 2) < .8:
            c[L2][i] = name


def adopted(columns, rows, random):
    """Another surname and other parents; given names and birth date stay."""
    c = columns.c
    for i, x in zip(rows.tolist(), random.tolist()):
        name = columns.names.draw(pick(('SH', 'SO'), x), np.array([x]))[0]
        c[L1][i], c[L2][i], c[P1L][i], c[P2L][i] = name, '', name, name
        c[P1F][i] = columns.names.draw('MH', np.array([again(x)]))[0]
        c[P2F][i] = columns.names.draw('FH', np.array([again(x, 2)]))[0]


def guardian(columns, rows, random):
    """A grandmother, uncle or aunt where a parent's name belongs."""
    c = columns.c
    for i, x in zip(rows.tolist(), random.tolist()):
        last, first = (P1L, P1F) if x < .5 else (P2L, P2F)
        c[first][i] = columns.names.draw(pick(('FH', 'MH'), x), np.array([again(x)]))[0]
        if again(x, 2) < .5:
            c[last][i] = columns.names.draw('SH', np.array([again(x, 3)]))[0]


@each
def mother_only(c, i, x):
    """Registered by the mother alone: her surname or surnames, no father."""
    if c[L2][i]:
        c[L1][i], c[L2][i] = c[L2][i], (c[L1][i] if x < .3 else '')
    c[P1L][i] = c[P1F][i] = ''


@each
def hyphenated(c, i, x):
    """GARCIA-LOPEZ, LOPEZ-GARCIA, in the first box, the second or both."""
    if not c[L2][i]:
        return
    a, b = (c[L1][i], c[L2][i]) if x < .7 else (c[L2][i], c[L1][i])
    both = a + pick(('-', '-', ' - ', '/', '_', ' Y '), x) + b
    c[L1][i], c[L2][i] = both, (both if again(x) < .15 else '')


@each
def hyphen_lost(c, i, x):
    """JEAN-BAPTISTE as JEANBAPTISTE, JEAN BAPTISTE or two boxes."""
    for k in (L1, F):
        if '-' in c[k][i] or ' ' in c[k][i]:
            a, b = c[k][i].replace('-', ' ').split(' ', 1)
            if again(x) < .4:
                c[k][i] = a + b.replace(' ', '')
            elif again(x) < .7:
                c[k][i] = a + ' ' + b
            elif k == L1 and not c[L2][i]:
                c[L1][i], c[L2][i] = a, b
            elif k == F and not c[M][i]:
                c[F][i], c[M][i] = a, b
            return


@each
def split_particle(c, i, x):
    """DE LA CRUZ cut at its blanks over two or three boxes."""
    for p in PARTICLES:
        if c[L1][i].startswith(p):
            rest = c[L1][i][len(p):]
            if x < .5:
                c[L1][i], c[L2][i] = p.strip(), (rest + ' ' + c[L2][i]).strip()
            else:
                c[M][i], c[L1][i] = (c[M][i] + ' ' + p.strip()).strip(), rest
            return
        if c[L2][i].startswith(p) and x < .5:
            c[L1][i], c[L2][i] = c[L1][i] + ' ' + p.strip(), c[L2][i][len(p):]
            return


@each
def added_particle(c, i, x):
    """A particle that is not there: DE GARCIA, LA LUZ, SAN."""
    k = L1 if again(x) < .6 else L2
    if c[k][i]:
        c[k][i] = pick(('DE ', 'DE LA ', 'DEL ', 'LA ', 'Y ', 'SAN '), x) + c[k][i]


@each
def married(c, i, x):
    """A student who married: DE and the husband's name at the end, or it alone."""
    name = pick('GARCIA LOPEZ CRUZ REYES FLORES MORALES ORTIZ GUTIERREZ CHAVEZ RAMOS RIVERA MENDOZA'.split(), x)
    if again(x) < .5:
        c[L2][i] = ('DE ' if x < .5 else '') + name
    else:
        c[L1][i], c[L2][i] = name, ''


@each
def generation_words(c, i, x):
    """Jr., Hijo, 2nd, 'el menor' in a name box, whatever the generation box says."""
    word = pick(('JR.', 'Jr', 'HIJO', 'II', '2ND', '(H)', 'SR'), x)
    if c[GEN][i] or again(x) < .25:
        k = (L1, L2, F, M)[int(again(x, 2) * 4)]
        if c[k][i]:
            c[k][i], c[GEN][i] = c[k][i] + pick((' ', ', '), x) + word, ''


@each
def whole_in_last(c, i, x):
    """LOPEZ GARCIA, JUAN CARLOS in the surname box."""
    last = (c[L1][i] + ' ' + c[L2][i]).strip()
    given = (c[F][i] + ' ' + c[M][i]).strip()
    c[L1][i] = last + pick((', ', ',', ' '), x) + given
    c[L2][i] = ''
    if again(x) < .7:
        c[F][i] = c[M][i] = ''


@each
def whole_in_first(c, i, x):
    """Juan Carlos Lopez Garcia in the given-name box."""
    c[F][i] = ' '.join(v for v in (c[F][i], c[M][i], c[L1][i], c[L2][i]) if v)
    c[M][i] = c[L2][i] = ''
    if x < .6:
        c[L1][i] = ''


@each
def surname_in_middle(c, i, x):
    """The second surname in the middle-name box (the kit only moves the first)."""
    if c[L2][i]:
        c[M][i], c[L2][i] = (c[M][i] + ' ' + c[L2][i]).strip(), ''


@each
def rotated(c, i, x):
    """Each box shifted by one: last=first, first=middle, middle=last."""
    if c[M][i]:
        c[L1][i], c[F][i], c[M][i] = c[F][i], c[M][i], c[L1][i]


@each
def parents_in_one(c, i, x):
    """A parent's whole name in one box, or both parents in one."""
    father = (c[P1F][i] + ' ' + c[P1L][i]).strip()
    mother = (c[P2F][i] + ' ' + c[P2L][i]).strip()
    if x < .3 and father and mother:
        c[P1F][i], c[P1L][i] = c[P1F][i] + pick((' & ', ' AND ', ' Y ', '/'), x) + mother, c[P1L][i] if again(x) < .5 else ''
        c[P2F][i] = c[P2L][i] = ''
    elif x < .6:
        c[P1F][i], c[P1L][i], c[P2F][i], c[P2L][i] = '', father, '', mother
    elif x < .8:
        c[P1F][i], c[P1L][i], c[P2F][i], c[P2L][i] = father, '', mother, ''
    else:
        c[P1L][i] = c[P1L][i] + (', ' if c[P1L][i] else '') + c[P1F][i]
        c[P1F][i] = ''


@each
def parent_words(c, i, x):
    """MOTHER, SAME, DECEASED, SR. where a name belongs."""
    k = (P1F, P1L, P2F, P2L)[int(again(x) * 4)]
    c[k][i] = pick(('MOTHER', 'FATHER', 'MADRE', 'PADRE', 'SAME', 'UNKNOWN', 'DECEASED', 'N/A', 'MRS', 'GUARDIAN'), x)


@each
def child_as_parent(c, i, x):
    """The student's own name typed again in the parent's boxes."""
    c[P1F][i], c[P1L][i] = c[F][i], c[L1][i]
