"""Splink 4 on DuckDB: m by EM without labels, u by sampling, term frequencies of the names."""
import logging
import duckdb
import pandas as pd
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from comparison.data import fold, rows

NAMES = ('first_name', 'last_name1', 'last_name2', 'middle_name', 'parent1_first', 'parent1_last', 'parent2_first', 'parent2_last')
OTHER = ('gender', 'birth_city', 'birth_country', 'state_student_id')
PREDICT = [block_on('birth_date'), block_on('first_name', 'last_name1'), block_on('state_student_id'),
           block_on('last_name1', 'last_name2', 'substr(birth_date, 1, 7)'), block_on('first_name', 'substr(birth_date, 6, 5)'),
           block_on('first_name', 'parent2_first', 'parent2_last')]


def record(row, key):
    return {'unique_id': row[key], 'birth_date': row['birth_date'] or None,
            **{c: fold(row[c]) or None for c in NAMES + OTHER}}


def surname(column, other):
    """The surname, or the other surname in its place."""
    return {'output_column_name': column, 'comparison_levels': [
        cll.NullLevel(column),
        cll.ExactMatchLevel(column, term_frequency_adjustments=True),
        cll.JaroWinklerLevel(column, .9),
        cll.CustomLevel(f'{column}_l = {other}_r or {other}_l = {column}_r', 'the other surname'),
        cll.ElseLevel()]}


class Engine:
    def __init__(self, path):
        logging.getLogger('splink').setLevel(logging.ERROR)
        frame = pd.DataFrame([record(r, 'entry_id') for r in rows(path)]).astype('string')
        connection = duckdb.connect()
        connection.execute('set threads = 1')
        self.api = DuckDBAPI(connection)
        forename = lambda column: cl.JaroWinklerAtThresholds(column, [.92, .8]).configure(term_frequency_adjustments=True)
        settings = SettingsCreator(
            link_type='dedupe_only', retain_intermediate_calculation_columns=False, retain_matching_columns=False,
            blocking_rules_to_generate_predictions=PREDICT,
            comparisons=[forename('first_name'), surname('last_name1', 'last_name2'), surname('last_name2', 'last_name1'),
                         cl.JaroWinklerAtThresholds('middle_name', [.9]),
                         cl.LevenshteinAtThresholds('birth_date', [1, 2]),
                         cl.ExactMatch('gender'), cl.ExactMatch('birth_city'), cl.ExactMatch('state_student_id'),
                         cl.JaroWinklerAtThresholds('parent1_first', [.9]), cl.JaroWinklerAtThresholds('parent1_last', [.9]),
                         cl.JaroWinklerAtThresholds('parent2_first', [.9]), cl.JaroWinklerAtThresholds('parent2_last', [.9])])
        self.linker = Linker(frame, settings, self.api, set_up_basic_logging=False)
        train = self.linker.training
        # Two entries in three of a student share all of these; one student has 2.2 entries.
        train.estimate_probability_two_random_records_match([block_on('birth_date', 'first_name', 'last_name1')], recall=.55)
        train.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
        # Each column is free in one of these at least.
        for rule in (block_on('birth_date', 'last_name1'), block_on('birth_date', 'first_name'), block_on('first_name', 'last_name1')):
            train.estimate_parameters_using_expectation_maximisation(rule)
        for column in ('first_name', 'last_name1', 'last_name2'):
            self.linker.table_management.compute_tf_table(column)

    def answer_all(self, queries):
        """{query_id: [(entry_id, score)]} by one call of the function that `answer` calls for one."""
        frame = pd.DataFrame([record(q, 'query_id') for q in queries]).astype('string')
        found = self.linker.inference.find_matches_to_new_records(frame, blocking_rules=PREDICT, match_weight_threshold=-8)
        best = self.api._execute_sql_against_backend(f'''
            select unique_id_l, unique_id_r, match_probability, match_weight from {found.physical_name}
            qualify row_number() over (partition by case when unique_id_r like 'Q%' then unique_id_r else unique_id_l end
                                       order by match_weight desc) <= 10''').fetchall()
        found.drop_table_from_database_and_remove_from_cache()
        answers = {}
        for a, b, _, weight in sorted(best, key=lambda pair: -pair[3]):
            entry, query = (b, a) if b.startswith('E') else (a, b)
            # From the weight: a probability near one has no digits left to order by.
            answers.setdefault(query, []).append((entry, 1 / (1 + 2 ** -weight)))
        return answers

    def answer(self, row):
        return self.answer_all([row]).get(row['query_id'], [])


build = Engine
