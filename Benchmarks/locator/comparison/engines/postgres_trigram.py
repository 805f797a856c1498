"""Entries whose name has enough trigrams in common, whatever the birth date."""
from comparison.engines import postgres


class Engine(postgres.Engine):
    index = 'create index on entry using gin (name gin_trgm_ops)'
    where = 'name %% %(name)s'


build = Engine
