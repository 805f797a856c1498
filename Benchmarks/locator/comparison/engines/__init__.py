"""One module an engine: `build(path)` gives an object whose `answer(row)` gives [(entry_id, score)], best first.

An engine may have `pids()`, the other processes whose time and memory are its own, `answer_all(rows)`, which
gives the same answers for many rows faster, and `close()`.
"""
import importlib

NAMES = {
    'sqlite_exact': 'SQLite, exact',
    'rapidfuzz_born': 'rapidfuzz, birth-date blocking',
    'postgres_born': 'PostgreSQL, birth date + trigram rank',
    'postgres_trigram': 'PostgreSQL, trigram index',
    'tantivy_fuzzy': 'Tantivy, fuzzy BM25',
    'splink_em': 'Splink 4 (DuckDB, EM, term frequencies)',
    'mochila': 'Mochila',
}


def load(name):
    return importlib.import_module(f'comparison.engines.{name}')
