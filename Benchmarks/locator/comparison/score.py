"""eval.py's figures of one results file as a dict, and scores turned into probabilities."""
import csv
import os
import re
import subprocess
import sys
import numpy as np
from comparison.data import rows

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LINES = {
    'recall1': r'recall@1\)\s+(\S+)', 'places': r'places, in first 10\s+(\S+)', 'best': r'best F1 at\s+(\S+)',
    'f1': r'^  F1\s+(\S+)', 'wrong': r'wrong_student\s+(\S+)', 'twin': r'absent_twin\s.*names another (\S+)', 'ece': r'ECE\s+\S+ / \S+ / (\S+)'}


def figures(folder, results, threshold=None):
    """What eval.py says; a figure that it does not print is None."""
    command = [sys.executable, os.path.join(HERE, 'eval.py'), folder, results, '--kinds']
    if threshold is not None:
        command += ['--threshold', repr(threshold)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = {key: re.search(pattern, said, re.M) for key, pattern in LINES.items()}
    return {key: float(match[1]) if match else None for key, match in found.items()}


def tops(folder, results):
    """Of each query with an answer: the score of its first answer, and whether that is the right student."""
    truth = {r['query_id']: r['student_id'] for r in rows(os.path.join(folder, 'queries.truth.csv'))}
    first = {r['query_id']: r for r in rows(results) if r['entry_id'] and r['rank'] == '1'}
    shown = {r['entry_id'] for r in first.values()}
    owner = {r['entry_id']: r['student_id'] for r in rows(os.path.join(folder, 'students.truth.csv')) if r['entry_id'] in shown}
    return np.array([(float(r['score']), truth[q] != '' and owner.get(r['entry_id']) == truth[q]) for q, r in first.items()]).reshape(-1, 2)


def isotonic(pairs):
    """Probabilities by score: the best rising steps through (score, right or not)."""
    blocks = []
    for score, right in pairs[np.argsort(pairs[:, 0], kind='stable')]:
        blocks.append([right, 1, score])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            right_too, many, top = blocks.pop()
            blocks[-1] = [blocks[-1][0] + right_too, blocks[-1][1] + many, top]
    tops_, means = np.array([b[2] for b in blocks]), np.array([b[0] / b[1] for b in blocks])
    return lambda score: float(means[min(np.searchsorted(tops_, score), len(means) - 1)])


def calibrated(tune, tune_results, results, out):
    """Writes `results` with probabilities learnt from the tuning set; for engines whose score is none."""
    pairs = tops(tune, tune_results)
    if not len(pairs):
        return False
    chance = isotonic(pairs)
    with open(out, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, ('query_id', 'rank', 'entry_id', 'score'), extrasaction='ignore')
        writer.writeheader()
        writer.writerows({**r, 'score': chance(float(r['score']))} for r in rows(results) if r['entry_id'])
    return True
