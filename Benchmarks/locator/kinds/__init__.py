"""Kinds of error for mixes, beside those that gen.py has.

A kind is a function(columns, rows, random) as gen.py calls it: it changes the given rows, and takes all
its chance from `random`, so that the same arguments give the same bytes. Kinds must leave birth dates in the
index as YYYY-MM-DD, because gen.py goes on changing them; `dob_written` and `dob_part` are for queries only.
"""


def each(change):
    """A kind out of change(c, i, x): the columns, the row and a number in [0, 1)."""
    def kind(columns, rows, random):
        for i, x in zip(rows.tolist(), random.tolist()):
            change(columns.c, i, x)
    kind.__doc__, kind.__name__ = change.__doc__, change.__name__
    return kind


def pick(choices, x):
    return choices[int(x * 7919) % len(choices)]


def again(x, n=1):
    """Another number in [0, 1) out of x."""
    return (x * (977, 3571, 104729)[n - 1]) % 1


def swap_words(text, table, x):
    """`text` with the first word that `table` knows replaced, or None."""
    from gen import plain
    words = text.split(' ')
    for k, word in enumerate(words):
        other = table.get(plain(word).upper())
        if other:
            words[k] = pick(other, x)
            return ' '.join(words)
    return None


def groups(text):
    """Lines of spellings of one name, as a table from each to the others."""
    table = {}
    for line in text.strip().splitlines():
        words = line.split()
        for word in words:
            table.setdefault(word, []).extend(w for w in words if w != word)
    return table


def choices(text):
    """Words of the form NAME=ONE/OTHER as a table from each name to what is written for it."""
    return {a: b.split('/') for a, b in (pair.split('=') for pair in text.split())}
