"""Entries of the same birth date, ranked by trigram similarity."""
from comparison.engines import postgres


class Engine(postgres.Engine):
    index = 'create index on entry (birth_date)'
    where = "birth_date = %(born)s and birth_date <> ''"


build = Engine
