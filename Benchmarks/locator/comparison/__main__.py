"""python -m comparison: generates the two sets, runs the engines one after another, prints the table."""
import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
from comparison import engines, score
from comparison.table import table

HERE = score.HERE
ROOT = os.path.dirname(os.path.dirname(HERE))
# Engines that take long for one question are timed on the first so many questions.
SAMPLE = {'splink_em': 200}


def arguments():
    a = argparse.ArgumentParser(prog='compare')
    a.add_argument('--students', type=int, default=45500)
    a.add_argument('--queries', type=int, default=5000)
    a.add_argument('--tune-seed', type=int, default=31)
    a.add_argument('--held-seed', type=int, default=32)
    a.add_argument('--held-mix', default='heldout', help='a mix in mixes/, or a file')
    a.add_argument('--engines', default=','.join(engines.NAMES))
    a.add_argument('--program', default=os.path.join(ROOT, '.build/release/mochila'), help='our program, built for release')
    a.add_argument('--work', default=os.path.join(HERE, '.work'), help='where sets and results are kept')
    a.add_argument('--core', type=int, default=0, help='the processor core that everything runs on')
    a.add_argument('--again', action='store_true', help='measure again what the folder has results of')
    return a.parse_args()


def generated(a, name, seed, mix):
    """The set's folder; made once."""
    folder = os.path.join(a.work, f'{name}-{a.students}-{a.queries}-{seed}')
    if not os.path.exists(os.path.join(folder, 'done')):
        command = [sys.executable, os.path.join(HERE, 'gen.py'), '--students', str(a.students), '--queries', str(a.queries), '--seed', str(seed), '--out', folder]
        subprocess.run(command + (['--mix', mix] if mix else []), check=True, stdout=sys.stderr)
        open(os.path.join(folder, 'done'), 'w').close()
    return folder


def ours(a, folder, results):
    """Runs `mochila locate` and gives its figures under the worker's names."""
    done = subprocess.run(['taskset', '-c', str(a.core), a.program, 'locate', '--index', os.path.join(folder, 'students.csv'),
                           '--queries', os.path.join(folder, 'queries.csv'), '--results', results], check=True, stderr=subprocess.PIPE, text=True)
    said = json.loads(next(line for line in reversed(done.stderr.splitlines()) if line.startswith('{')))
    return dict(build_seconds=said['buildSeconds'], memory_mib=said['residentBytes'] / 2 ** 20, timed=said['queries'], queries=said['queries'],
                wall_ms=[said['p50Milliseconds'], said['p99Milliseconds']])


def measured(a, engine, folder):
    """The results file and the figures of one engine over one set."""
    results = os.path.join(folder, f'{engine}.csv')
    figures = os.path.join(folder, f'{engine}.json')
    if a.again or not os.path.exists(figures):
        print(f'{engine} on {os.path.basename(folder)}', file=sys.stderr, flush=True)
        if engine == 'mochila':
            with open(figures + '.part', 'w') as file:
                json.dump(ours(a, folder, results), file)
        else:
            command = ['taskset', '-c', str(a.core), sys.executable, '-m', 'comparison.worker', engine, folder, results, figures + '.part']
            subprocess.run(command + (['--sample', str(SAMPLE[engine])] if engine in SAMPLE else []), check=True, cwd=HERE)
        os.replace(figures + '.part', figures)
    with open(figures) as file:
        return results, json.load(file)


def compared(a, engine, tune, held):
    tune_results, _ = measured(a, engine, tune)
    held_results, run = measured(a, engine, held)
    threshold = score.figures(tune, tune_results)['best']
    found = score.figures(held, held_results, threshold if threshold is not None else .5)
    if engine not in ('mochila', 'splink_em'):
        learnt = held_results.removesuffix('.csv') + '.learnt.csv'
        if score.calibrated(tune, tune_results, held_results, learnt):
            found.update(ece=score.figures(held, learnt)['ece'], learnt=True)
    return engines.NAMES[engine], {**found, 'threshold': threshold}, run


def main():
    a = arguments()
    a.program = os.path.abspath(a.program)
    wanted = a.engines.split(',')
    unknown = [e for e in wanted if e not in engines.NAMES]
    if unknown:
        sys.exit(f"no such engine: {', '.join(unknown)}; there are {', '.join(engines.NAMES)}")
    if 'mochila' in wanted and not os.path.exists(a.program):
        sys.exit(f'{a.program} is not there: build it (swift build -c release --product mochila) or name it with --program')
    if any(e.startswith('postgres') for e in wanted) and not os.path.isdir('/usr/lib/postgresql'):
        sys.exit('PostgreSQL is not there: apt-get install postgresql')
    if not shutil.which('taskset'):
        sys.exit('taskset is not there: apt-get install util-linux')
    mix = a.held_mix if a.held_mix.endswith('.py') else os.path.join(HERE, 'mixes', a.held_mix + '.py')
    tune = generated(a, 'dev', a.tune_seed, None)
    held = generated(a, os.path.basename(mix).removesuffix('.py'), a.held_seed, mix)
    lines = [compared(a, engine, tune, held) for engine in wanted]
    with open(os.path.join(held, 'students.csv'), encoding='utf-8') as file:
        entries = sum(1 for _ in file) - 1
    load = os.getloadavg()[0]
    with open('/proc/cpuinfo') as file:
        cpu = next((line.split(':')[1].strip() for line in file if line.startswith('model name')), platform.processor())
    print(f'{entries:,} entries of {a.students:,} students, {a.queries:,} questions, mix {os.path.basename(mix)[:-3]}, threshold from the mix dev; '
          f'{cpu}, one core, load {load:.1f}, {datetime.date.today()}\n')
    print(table(lines))
    for title, found, run in lines:
        alike = f", answers one at a time equal in {run['alike']:.1%}" if run.get('alike') is not None else ''
        print(f"\n- {title}: threshold {found['threshold']}{alike}", end='')
    print()


if __name__ == '__main__':
    main()
