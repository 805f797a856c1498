"""Reads the kit's files the same way for every engine."""
import csv
import re
import unicodedata

NAME = ('first_name', 'middle_name', 'last_name1', 'last_name2')
PARENTS = ('parent1_first', 'parent1_last', 'parent2_first', 'parent2_last')
PLACE = ('birth_city', 'birth_state', 'birth_country')


def fold(text):
    """Capitals without accents; everything but letters and digits is a blank."""
    if text.isascii():
        plain = text
    else:
        plain = ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))
    return ' '.join(re.sub(r'[^A-Z0-9]+', ' ', plain.upper()).split())


def words(row, columns):
    return ' '.join(v for v in (fold(row[c]) for c in columns) if v)


def rows(path):
    with open(path, encoding='utf-8', newline='') as file:
        yield from csv.DictReader(file)
