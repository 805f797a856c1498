"""Runs one engine over one set: python -m comparison.worker ENGINE SET RESULTS FIGURES [--sample N]"""
import argparse
import csv
import json
import os
import time
import numpy as np
from comparison import engines
from comparison.data import rows


def processor_seconds(pids):
    """Time on the processor, to the nanosecond, that these processes' first threads have had."""
    total = 0.0
    for pid in pids:
        with open(f'/proc/{pid}/schedstat') as file:
            total += int(file.read().split()[0]) / 1e9
    return total


def memory(pids):
    """MiB that these processes hold; what they share is counted once."""
    total = 0
    for pid in pids:
        with open(f'/proc/{pid}/smaps_rollup') as file:
            total += sum(int(line.split()[1]) for line in file if line.startswith('Pss:'))
    return total / 1024


def main():
    a = argparse.ArgumentParser()
    a.add_argument('engine')
    a.add_argument('set')
    a.add_argument('results')
    a.add_argument('figures')
    a.add_argument('--sample', type=int)
    a = a.parse_args()
    before = time.perf_counter(), time.process_time()
    engine = engines.load(a.engine).build(os.path.join(a.set, 'students.csv'))
    try:
        built = time.perf_counter() - before[0]
        theirs = getattr(engine, 'pids', lambda: [])()
        queries = list(rows(os.path.join(a.set, 'queries.csv')))
        timed = queries[:a.sample] if a.sample else queries
        engine.answer(timed[0])                        # the first one opens files and plans
        answers, wall, processor = {}, {}, []
        for query in timed:
            # The worker's own time counts too: it is the client that any engine needs.
            start = time.perf_counter(), time.process_time() + processor_seconds(theirs)
            answers[query['query_id']] = engine.answer(query)
            wall[query['query_id']] = 1e3 * (time.perf_counter() - start[0])
            processor.append(1e3 * (time.process_time() + processor_seconds(theirs) - start[1]))
        alike = None
        if a.sample and len(queries) > a.sample:
            many = engine.answer_all(queries)
            same = [[round(s, 6) for _, s in answers[q['query_id']]] == [round(s, 6) for _, s in many.get(q['query_id'], [])] for q in timed]
            alike = sum(same) / len(same)
            answers = many
        held = memory([os.getpid()] + theirs)
        with open(a.results, 'w', encoding='utf-8', newline='') as file:
            out = csv.writer(file)
            out.writerow(('query_id', 'rank', 'entry_id', 'score', 'ms'))
            for query in queries:
                key = query['query_id']
                found = answers.get(key, []) or [('', 0)]
                for rank, (entry, score) in enumerate(found, 1):
                    out.writerow((key, rank, entry, repr(float(score)), f'{wall[key]:.4f}' if key in wall and rank == 1 else ''))
        p = lambda values: [round(float(x), 4) for x in np.percentile(values, [50, 99])]
        with open(a.figures, 'w') as file:
            json.dump(dict(build_seconds=round(built, 2), memory_mib=round(held), wall_ms=p(list(wall.values())), processor_ms=p(processor),
                           timed=len(timed), queries=len(queries), alike=alike), file)
    finally:
        getattr(engine, 'close', lambda: None)()


if __name__ == '__main__':
    main()
