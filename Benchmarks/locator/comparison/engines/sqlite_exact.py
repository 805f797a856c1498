"""Same given name, first surname and birth date; what else agrees gives the order."""
import sqlite3
from comparison.data import PARENTS, fold, rows

OTHER = ('last_name2', 'middle_name', 'gender', 'birth_city') + PARENTS


class Engine:
    def __init__(self, path):
        self.db = sqlite3.connect(':memory:')
        columns = ('entry_id', 'first_name', 'last_name1', 'birth_date') + OTHER
        self.db.execute(f"create table entry ({', '.join(columns)})")
        self.db.executemany(f"insert into entry values ({', '.join('?' * len(columns))})",
                            ((r['entry_id'],) + tuple(fold(r[c]) for c in columns[1:]) for r in rows(path)))
        self.db.execute('create index key on entry (first_name, last_name1, birth_date)')
        agree = ' + '.join(f"(e.{c} <> '' and e.{c} = ?)" for c in OTHER)
        self.query = f"select entry_id, {agree} as n from entry e where first_name = ? and last_name1 = ? and birth_date = ? order by n desc limit 10"

    def answer(self, row):
        key = [fold(row[c]) for c in ('first_name', 'last_name1', 'birth_date')]
        if not all(key):
            return []
        found = self.db.execute(self.query, [fold(row[c]) for c in OTHER] + key).fetchall()
        return [(entry, (1 + n) / (1 + len(OTHER))) for entry, n in found]


build = Engine
