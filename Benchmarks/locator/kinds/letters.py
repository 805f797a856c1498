"""Letters: what the eye, the ear, the scanner and the software do to them."""
import unicodedata
from gen import BC, F, KEYS, L1, L2, M, NAMES, P1F, P1L, P2F, P2L, plain
from kinds import again, each, pick

OCR = (('RN', 'M'), ('M', 'RN'), ('O', '0'), ('L', '1'), ('I', '1'), ('S', '5'), ('B', '8'), ('CL', 'D'), ('D', 'CL'),
       ('VV', 'W'), ('W', 'VV'), ('E', 'F'), ('F', 'E'), ('U', 'V'), ('V', 'U'), ('H', 'N'), ('N', 'H'), ('C', 'G'), ('G', 'C'),
       ('Z', '2'), ('Q', 'O'), ('LI', 'U'), ('I', 'L'), ('L', 'I'), ('Ñ', 'N'), ('R', 'K'))
HEARD = (('JE', 'HE'), ('JO', 'HO'), ('JU', 'HU'), ('JI', 'HI'), ('JA', 'HA'), ('GUI', 'GI'), ('GUI', 'WI'), ('GUE', 'GE'), ('LL', 'L'),
         ('HU', 'WU'), ('H', ''), ('X', 'SH'), ('CH', 'SH'), ('Y', 'J'), ('J', 'Y'), ('E', 'I'), ('I', 'E'), ('I', 'EE'), ('O', 'U'),
         ('U', 'O'), ('U', 'OO'), ('QUE', 'KE'), ('QUI', 'KI'), ('Ñ', 'NY'), ('V', 'B'), ('Z', 'TH'), ('D', 'TH'), ('R', 'RR'), ('P', 'PP'))
INDIGENOUS = (('F', 'P'), ('D', 'T'), ('T', 'D'), ('G', 'K'), ('B', 'P'), ('O', 'U'), ('E', 'I'), ('U', 'O'), ('R', 'L'), ('L', 'R'))


def replaced(text, table, x):
    fit = [(a, b) for a, b in table if a in text.upper()]
    if not fit:
        return text
    a, b = pick(fit, x)
    at = text.upper().index(a)
    return text[:at] + b + text[at + len(a):]


def one_name(c, i, x):
    """A box that holds a name; the student's own more often than a parent's."""
    full = [k for k in (L1, L1, L2, F, F, F, M, P1L, P1F, P2L, P2F) if len(c[k][i]) > 2]
    return pick(full, again(x)) if full else F


@each
def scanned(c, i, x):
    """rn for m, 0 for O, 1 for l: a paper read by a machine."""
    k = one_name(c, i, x)
    c[k][i] = replaced(c[k][i], OCR, x)
    if again(x, 2) < .3:
        k = one_name(c, i, again(x, 3))
        c[k][i] = replaced(c[k][i], OCR, again(x))


@each
def heard(c, i, x):
    """Written as an English speaker hears it."""
    k = one_name(c, i, x)
    c[k][i] = replaced(c[k][i], HEARD, x)


@each
def heard_indigenous(c, i, x):
    """Said by a speaker of a language without these sounds."""
    k = one_name(c, i, x)
    c[k][i] = replaced(c[k][i], INDIGENOUS, x)


@each
def syllables(c, i, x):
    """Two neighbouring syllables exchanged: RAMIREZ, MARIREZ."""
    k = (L1, L2, F)[int(again(x) * 3)]
    name, cut = c[k][i], []
    for n, letter in enumerate(name):
        if n and plain(letter).upper() not in 'AEIOU' and plain(name[n - 1]).upper() in 'AEIOU':
            cut.append(n)
    if len(cut) >= 2:
        n = int(x * 7919) % (len(cut) - 1)
        start = cut[n - 1] if n else 0
        c[k][i] = name[:start] + name[cut[n]:cut[n + 1]] + name[start:cut[n]] + name[cut[n + 1]:]


@each
def two_typos(c, i, x):
    """Two slips in one name."""
    k = one_name(c, i, x)
    name = c[k][i]
    for step in (again(x, 2), again(x, 3)):
        at = 1 + int(step * 7919) % max(1, len(name) - 1)
        if at < len(name):
            near = KEYS.get(plain(name[at]).upper(), 'EA')
            name = pick((name[:at] + name[at + 1:], name[:at] + near[0] + name[at + 1:], name[:at] + name[at - 1] + name[at:]), step)
    c[k][i] = name


@each
def first_letter(c, i, x):
    """A slip in the very first letter, which the kit never touches."""
    k = (L1, F)[int(again(x) * 2)]
    if len(c[k][i]) > 2:
        near = KEYS.get(plain(c[k][i][0]).upper())
        c[k][i] = c[k][i][1:] if x < .3 or not near else near[int(x * 31337) % 2] + c[k][i][1:]


@each
def vowels_lost(c, i, x):
    k = one_name(c, i, x)
    name = c[k][i]
    c[k][i] = name[:1] + ''.join(a for n, a in enumerate(name[1:]) if plain(a).upper() not in 'AEIOU' or (x * (n + 7) * 13) % 1 < .6)


@each
def blanks(c, i, x):
    """Double blanks, blanks at the ends, no-break spaces, tabs."""
    for k in (L1, L2, F, M):
        c[k][i] = pick((' %s', '%s ', '  %s ', '%s\u00a0', '\t%s'), x) % c[k][i].replace(' ', pick(('  ', '\u00a0', '   '), x)) if c[k][i] else ''


@each
def blank_within(c, i, x):
    """MAR TINEZ."""
    k = (L1, L2, F)[int(again(x) * 3)]
    name = c[k][i]
    if len(name) > 4:
        at = 2 + int(x * 7919) % (len(name) - 3)
        c[k][i] = name[:at] + ' ' + name[at:]


@each
def marks(c, i, x):
    """Apostrophes, periods, commas and stars that do not belong."""
    k = (L1, L2, F, M)[int(again(x) * 4)]
    name = c[k][i]
    if len(name) > 2:
        at = 1 + int(x * 7919) % (len(name) - 1)
        c[k][i] = pick((name[:at] + "'" + name[at:], name + '.', name + ',', '*' + name, name + ' *', '"' + name + '"',
                        name + ' (' + name[:3] + ')', name.replace("'", ''), name + '`'), again(x, 2))


@each
def codepage(c, i, x):
    """Ñ as ¥, #, ~N or &Ntilde;; accents apart from their letters; a DOS page read as Latin."""
    for k in NAMES + (BC,):
        text = c[k][i]
        if x < .35:
            text = text.replace('Ñ', pick(('¥', '#', 'N~', '~N', '&Ntilde;', 'Ð', '|'), x)).replace('ñ', '¤')
        elif x < .6:
            text = unicodedata.normalize('NFD', text)
        elif x < .8:
            text = text.encode('cp437', 'replace').decode('latin-1')
        else:
            text = ''.join(a if ord(a) < 128 else '\ufffd' for a in text)
        c[k][i] = text.replace('\x00', '').replace('\r', '').replace('\n', '')


def cut(lengths):
    """Names cut at one of these lengths, all boxes alike, as a fixed-width file does."""
    @each
    def kind(c, i, x):
        n = pick(lengths, x)
        for k in NAMES:
            c[k][i] = c[k][i][:n]
    return kind


@each
def cut_together(c, i, x):
    """Both surnames in one box of 12 to 20 letters."""
    both = (c[L1][i] + ' ' + c[L2][i]).strip()
    c[L1][i], c[L2][i] = both[:pick((12, 15, 20), x)].strip(), ''
