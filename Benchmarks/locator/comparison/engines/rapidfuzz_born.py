"""All entries of the same birth date (also with day and month exchanged), compared by rapidfuzz."""
from rapidfuzz import fuzz, process
from comparison.data import NAME, PARENTS, rows, words


class Engine:
    def __init__(self, path):
        self.days = {}
        for r in rows(path):
            ids, names, parents = self.days.setdefault(r['birth_date'], ([], [], []))
            ids.append(r['entry_id'])
            names.append(words(r, NAME))
            parents.append(words(r, PARENTS))

    def answer(self, row):
        born = row['birth_date']
        if not born:
            return []
        name, parents, found = words(row, NAME), words(row, PARENTS), []
        exchanged = f'{born[:4]}-{born[8:]}-{born[5:7]}'
        for day, weight in ((born, 1.0), (exchanged, .93)) if exchanged != born else ((born, 1.0),):
            ids, names, theirs = self.days.get(day, ((), (), ()))
            for _, score, at in process.extract(name, names, scorer=fuzz.token_sort_ratio, limit=40):
                score = max(score, .97 * fuzz.token_set_ratio(name, names[at]))
                if parents and theirs[at]:
                    score = .7 * score + .3 * fuzz.token_set_ratio(parents, theirs[at])
                found.append((ids[at], score * weight / 100))
        return sorted(found, key=lambda pair: -pair[1])[:10]


build = Engine
