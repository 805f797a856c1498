"""HELD OUT. Never fit weights, thresholds, tables or rules to this mix: it only measures.

Other rates, another population, and kinds that no other mix has (own tables included): if a change was
made because of a failure seen here, write a new mix and call that one held out.
"""
from gen import DEV, F, L1, L2, M, P1F, P1L, P2F, P2L, plain
from kinds import again, choices, each, facts, given, letters, pick, pools, surnames, swap_words

CALLED = choices('''
JOSE=PEPE/CHEPE/JOEY JUAN=JUANCHO/JONNY FRANCISCO=PANCHO/PACO/CISCO JESUS=JESSIE/CHUCHO IGNACIO=NACHO/NATE ALBERTO=BETO/AL/BERT
MARIA=MARI/MIA/MARY GUADALUPE=LUPE/PITA ROSARIO=CHAYO/ROSE CONCEPCION=CONCHITA EDUARDO=LALO/ED GERARDO=GERRY/JERRY SERGIO=CHECO
LEONARDO=LEO/LEN DANIELA=DANI ALEJANDRA=ALE/SANDRA/ALEX VICTORIA=VICKY/TORI GABRIELA=GABY/BRIELLE ANDREA=ANDIE NICOLAS=NICK/NICO
SANTIAGO=SANTI/JAMES DIEGO=JAMES CRISTIAN=CHRIS KRISTIAN=CHRIS CHRISTOPHER=CHRIS/TOPHER ELIZABETH=LIZ/BETH/LIZBETH EMILIANO=EMILIO/EMI
STEPHANIE=STEFANY/ESTEFANY BRAYAN=BRIAN/BRYAN JONATHAN=JOHN/YONATAN KEVIN=KEBIN JENNIFER=YENIFER/JENNY JACQUELINE=YAKELIN/JACKIE
''')


@each
def called(c, i, x):
    c[F][i] = swap_words(c[F][i], CALLED, x) or c[F][i]


@each
def surname_and_initial(c, i, x):
    """GARCIA L: the second surname as a letter, as is the custom in Mexico."""
    if c[L2][i]:
        c[L1][i], c[L2][i] = (c[L1][i], c[L2][i][0] + pick(('.', ''), x)) if again(x) < .5 else (c[L1][i] + ' ' + c[L2][i][0] + '.', '')


@each
def mothers_both(c, i, x):
    """Both of the mother's surnames where the child's belong (a form filled by the mother for herself)."""
    if c[P2L][i]:
        c[L1][i] = c[P2L][i]
        c[L2][i] = c[P2L][i] if x < .2 else ''


@each
def letters_doubled(c, i, x):
    """A stuck key, or a letter of every pair lost."""
    k = (L1, F)[int(again(x) * 2)]
    name = c[k][i]
    if len(name) > 3:
        at = int(x * 7919) % len(name)
        c[k][i] = name[:at] + name[at] * 3 + name[at + 1:] if x < .4 else name[:at] + name[at + 2:]


@each
def next_row(c, i, x):
    """The parents of the child in the next row of the sheet."""
    j = (i + 1) % len(c[L1])
    for k in (P1L, P1F, P2L, P2F):
        c[k][i] = c[k][j]


@each
def initial_dot_first(c, i, x):
    """J. LUIS: the first given name as a letter, the second in full."""
    if len(c[M][i]) > 1:
        c[F][i], c[M][i] = c[F][i][:1] + '. ' + c[M][i], ''


@each
def sorted_words(c, i, x):
    """All words of the name in one box, in the order of the alphabet or reversed."""
    words = ' '.join(v for v in (c[F][i], c[M][i], c[L1][i], c[L2][i]) if v).split()
    c[L1][i] = ' '.join(sorted(words) if x < .5 else reversed(words))
    c[L2][i] = c[F][i] = c[M][i] = ''


@each
def phonetic_twice(c, i, x):
    """BRIZEIDA, VRICEYDA: several sounds written otherwise at once."""
    k = (L1, L2, F, F)[int(again(x) * 4)]
    name = plain(c[k][i]).upper()
    for a, b in pick(((('B', 'V'), ('S', 'Z'), ('Y', 'I')), (('C', 'S'), ('I', 'Y'), ('V', 'B')), (('H', ''), ('Z', 'S'), ('LL', 'Y')), (('K', 'C'), ('PH', 'F'), ('TT', 'T'))), x):
        name = name.replace(a, b)
    c[k][i] = name or c[k][i]


KINDS = dict(
    called=(.05, called), surname_and_initial=(.03, surname_and_initial), mothers_both=(.012, mothers_both),
    letters_doubled=(.012, letters_doubled), next_row=(.008, next_row), initial_dot_first=(.02, initial_dot_first),
    sorted_words=(.004, sorted_words), phonetic_twice=(.025, phonetic_twice), gender_ending=(.006, given.gender_ending),
    called_by_parts=(.012, given.called_by_parts), syllables=(.008, letters.syllables), scanned=(.03, letters.scanned),
    vowels_lost=(.004, letters.vowels_lost), codepage=(.02, letters.codepage), cut_together=(.02, letters.cut_together),
    split_particle=(.10, surnames.split_particle), added_particle=(.012, surnames.added_particle), adopted=(.004, surnames.adopted),
    stepfather=(.012, surnames.stepfather), child_as_parent=(.006, surnames.child_as_parent), dob_sibling=(.005, facts.dob_sibling),
    dob_this_year=(.003, facts.dob_this_year), dob_default=(.005, facts.dob_default), dob_month_misread=(.008, facts.dob_month_misread),
    place_of_school=(.03, facts.place_of_school), country_in_city=(.02, facts.country_in_city), sid_marks=(.04, facts.sid_marks),
    sid_zeros=(.03, facts.sid_zeros), sid_default=(.015, facts.sid_default), hyphenated=(.03, surnames.hyphenated),
    parents_in_one=(.03, surnames.parents_in_one), blanks=(.03, letters.blanks), cut=(.015, letters.cut((9, 11, 14, 18))))
EXTRA = {kind: change for kind, (_, change) in KINDS.items()}
_more = dict(swap_last=1.6, first_last_swap=1.5, initial=1.4, nick=.6, phonetic=.8, typo=1.3, dob_swap=.7, dob_digits=1.3, dob_year=1.4,
             new_surname=1.3, no_parent1=1.2, wrong_gender=1.6, wrong_place=1.4, drop_last2=1.2, no_sid=1.08)
MIX = dict(hispanic=.8, double=.9, siblings=.4, twins=.022, jan1=.02, absent=.27, hard_absent=.5, present_twin=.05,
           **{part: {**{k: v * _more.get(k, 1) for k, v in DEV[part].items()}, **{k: r for k, (r, _) in KINDS.items()}} for part in ('index', 'query')})


def NAMES(names):
    pools.add(names, pools.OTHERS, .3, 'O')
    pools.add(names, (pools.MAYAN_MIXTEC,), .08, 'H')
