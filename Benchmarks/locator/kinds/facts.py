"""Birth dates, places, numbers."""
from gen import BC, BK, BS, DOB, SEX, SID, STATES, valid
from kinds import again, each, pick

PLACES_WRITTEN = {
    'MX': 'MEXICO/MEX/MÉXICO/484', 'US': 'USA/UNITED STATES/U.S./EE.UU.', 'GT': 'GUATEMALA/GTM', 'HN': 'HONDURAS/HND',
    'SV': 'EL SALVADOR/SLV', 'HT': 'HAITI/HTI', 'PR': 'PUERTO RICO/US', 'MIC': 'MICHOACAN/MICH/MI', 'GUA': 'GUANAJUATO/GTO',
    'OAX': 'OAXACA', 'GRO': 'GUERRERO', 'JAL': 'JALISCO', 'ZAC': 'ZACATECAS', 'SLP': 'SAN LUIS POTOSI', 'VER': 'VERACRUZ',
    'TAM': 'TAMAULIPAS/TAMPS', 'PUE': 'PUEBLA', 'CHP': 'CHIAPAS/CHIS', 'BCN': 'BAJA CALIFORNIA/BC', 'TX': 'TEXAS/TEX',
    'CA': 'CALIFORNIA/CALIF', 'FL': 'FLORIDA/FLA', 'WA': 'WASHINGTON', 'OR': 'OREGON', 'NC': 'NORTH CAROLINA', 'GA': 'GEORGIA',
    'MI': 'MICHIGAN', 'AZ': 'ARIZONA', 'ID': 'IDAHO', 'NY': 'NEW YORK'}


def changed(c, i, year=None, month=None, day=None):
    """Sets parts of the birth date; an impossible day becomes the 28th."""
    if c[DOB][i]:
        y, m, d = (int(part) for part in c[DOB][i].split('-'))
        y, m, d = year or y, month or m, day or d
        if 1 <= m <= 12 and 1 <= y:
            c[DOB][i] = '%04d-%02d-%02d' % (y, m, d if valid(y, m, d) else 28)


def month_of(c, i):
    return int(c[DOB][i][5:7]) if c[DOB][i] else 0


@each
def dob_month_misread(c, i, x):
    """Jan for Jun, Mar for May, a 1 for a 7."""
    table = {1: (6, 7), 6: (1, 7), 7: (6, 1), 3: (5, 8), 5: (3,), 9: (11, 4), 11: (9, 1), 4: (8, 9), 8: (4, 3), 10: (1, 12), 12: (10, 2), 2: (12, 3)}
    if c[DOB][i]:
        changed(c, i, month=pick(table[month_of(c, i)], x))


@each
def dob_day_misread(c, i, x):
    """1 and 7, 3 and 8, 0 and 6, 5 and 6 read for one another in the day."""
    if c[DOB][i]:
        day, table = c[DOB][i][8:], {'1': '7', '7': '1', '3': '8', '8': '3', '0': '6', '6': '0', '5': '6', '2': '7', '4': '9', '9': '4'}
        at = 1 if x < .8 else 0
        new = int(day[:at] + table[day[at]] + day[at + 1:])
        if 1 <= new <= 31:
            changed(c, i, day=new)


@each
def dob_century(c, i, x):
    """Two digits of the year were kept, and read as the wrong century."""
    if c[DOB][i]:
        changed(c, i, year=1900 + int(c[DOB][i][2:4]))


@each
def dob_this_year(c, i, x):
    """The year of the form instead of the child's."""
    changed(c, i, year=2012 + int(x * 9))


@each
def dob_sibling(c, i, x):
    """A brother's or sister's birth date."""
    if c[DOB][i]:
        changed(c, i, year=int(c[DOB][i][:4]) + pick((1, 2, 3, 4, -1, -2, -3), x), month=1 + int(again(x) * 12), day=1 + int(again(x, 2) * 28))


@each
def dob_default(c, i, x):
    """What a system or a clerk puts when the day is not known."""
    if c[DOB][i]:
        y = c[DOB][i][:4]
        c[DOB][i] = pick(('1900-01-01', '1901-01-01', '2000-01-01', '1970-01-01', y + '-07-01', y + '-07-01', y + '-01-01', y + '-12-31', y + '-06-15'), x)


@each
def dob_first_of_month(c, i, x):
    changed(c, i, day=pick((1, 1, 15), x))


@each
def dob_two_wrong(c, i, x):
    """Two parts wrong at once: the day, and the month or the year."""
    if c[DOB][i]:
        y, m, d = (int(part) for part in c[DOB][i].split('-'))
        if x < .5:
            changed(c, i, month=1 + m % 12, day=1 + int(again(x) * 28))
        else:
            changed(c, i, year=y + pick((1, -1), x), day=1 + int(again(x) * 28))


@each
def dob_year_digits(c, i, x):
    """2010 for 2001: digits of the year exchanged."""
    if c[DOB][i]:
        y = c[DOB][i][:4]
        new = int(y[:2] + y[3] + y[2])
        if 1990 <= new <= 2025:
            changed(c, i, year=new)


@each
def dob_written(c, i, x):
    """03/04/2009, 20090304, 4-Mar-2009: for queries only."""
    if c[DOB][i]:
        y, m, d = c[DOB][i].split('-')
        name = 'JanFebMarAprMayJunJulAugSepOctNovDec'[3 * int(m) - 3:3 * int(m)]
        c[DOB][i] = pick((f'{m}/{d}/{y}', f'{int(m)}/{int(d)}/{y}', f'{y}{m}{d}', f'{int(d)}-{name}-{y}', f'{y}/{m}/{d}', f'{name} {int(d)}, {y}', f'{y}-{m}-{d} 00:00:00'), x)


@each
def dob_part(c, i, x):
    """Only the year, or the year and the month: for queries only."""
    if len(c[DOB][i]) == 10:
        c[DOB][i] = c[DOB][i][:4] if x < .5 else c[DOB][i][:7]


@each
def sid_zeros(c, i, x):
    """Leading zeros added, as the index of one system has them and the next has not."""
    if c[SID][i]:
        c[SID][i] = pick(('0', '00', '000', '0000'), x) + c[SID][i]


@each
def sid_prefix(c, i, x):
    """A state, a letter or a district before the number, or a check digit after it."""
    if c[SID][i]:
        c[SID][i] = pick((pick(STATES, again(x)) + c[SID][i], 'S' + c[SID][i], '#' + c[SID][i], c[SID][i] + '-' + str(int(x * 10)), '99' + c[SID][i]), x)


@each
def sid_marks(c, i, x):
    """123-456-7890, 123 456 7890, 1.23457E+09."""
    s = c[SID][i]
    if len(s) > 6:
        c[SID][i] = pick((f'{s[:3]}-{s[3:6]}-{s[6:]}', f'{s[:3]} {s[3:]}', s + '.0', f' {s} ', f'{float(s):.5E}' if s.isdigit() else s), x)


@each
def sid_short(c, i, x):
    """The first or last digit missing."""
    if len(c[SID][i]) > 6:
        c[SID][i] = c[SID][i][1:] if x < .5 else c[SID][i][:-1]


@each
def sid_default(c, i, x):
    """A number that many share: zeros, nines, PENDING."""
    c[SID][i] = pick(('0000000000', '9999999999', '1234567890', 'PENDING', 'N/A', '0'), x)


@each
def place_written(c, i, x):
    """The same place in words or by another code list."""
    for k in (BS, BK):
        if c[k][i] in PLACES_WRITTEN:
            c[k][i] = pick(PLACES_WRITTEN[c[k][i]].split('/'), x)


@each
def place_of_school(c, i, x):
    """The town of the school in place of the place of birth."""
    city, state = pick((('IMMOKALEE', 'FL'), ('PASCO', 'WA'), ('SALINAS', 'CA'), ('HART', 'MI'), ('EDINBURG', 'TX'), ('WOODBURN', 'OR')), x)
    c[BC][i], c[BS][i], c[BK][i] = city, state, 'US'


@each
def country_in_city(c, i, x):
    c[BC][i], c[BS][i] = c[BK][i], ''


@each
def sex_written(c, i, x):
    c[SEX][i] = {'F': pick(('Female', 'f', 'Mujer', '2', 'X'), x), 'M': pick(('Male', 'm', 'H', '1', 'X'), x)}.get(c[SEX][i], '')
