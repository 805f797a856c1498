"""District feeds typed by hand: more slips, fewer parents, little else known."""
from gen import L1, L2, F, M

MIX = dict(hispanic=.80, double=.8, absent=.35, hard_absent=.55, siblings=.40, twins=.025, jan1=.02,
    query=dict(typo=.14, phonetic=.12, nick=.10, no_parent1=.65, no_parent2=.45, no_city=.5, no_state=.4, dob_swap=.04, dob_digits=.03, no_dob=.02, join_last=.18, concat_last=.04, ocr=.03, placeholder=.05),
    index=dict(typo=.10, phonetic=.08, dob_digits=.02, drop_last2=.32, concat_last=.02, ocr=.02, placeholder=.04, no_parent1=.35))
def concat_last(c, rows, r):
    for i in rows.tolist():
        if c.c[L2][i]: c.c[L1][i], c.c[L2][i] = c.c[L1][i] + c.c[L2][i], ''
def ocr(c, rows, r):
    sw = [('O','0'),('I','1'),('S','5'),('RN','M'),('B','8'),('E','3')]
    for i, x in zip(rows.tolist(), r.tolist()):
        k = (L1, F, L1, L2)[int(x*977) % 4]
        fit = [p for p in sw if p[0] in c.c[k][i].upper()]
        if fit:
            a, b = fit[int(x*7919) % len(fit)]; c.c[k][i] = c.c[k][i].upper().replace(a, b, 1)
def placeholder(c, rows, r):
    for i, x in zip(rows.tolist(), r.tolist()):
        if not c.c[M][i]: c.c[M][i] = ('NMN', 'N/A', 'X', 'NONE')[int(x*977) % 4]
        elif not c.c[L2][i]: c.c[L2][i] = 'UNKNOWN'
EXTRA = dict(concat_last=concat_last, ocr=ocr, placeholder=placeholder)
