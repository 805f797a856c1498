"""Every word of the name exactly or with one letter wrong, the birth date and the parents, scored by BM25."""
import tantivy
from tantivy import Occur, Query
from comparison.data import NAME, PARENTS, PLACE, rows, words


class Engine:
    def __init__(self, path):
        schema = tantivy.SchemaBuilder()
        schema.add_text_field('entry_id', stored=True, tokenizer_name='raw')
        for field in ('name', 'parents', 'place'):
            schema.add_text_field(field, tokenizer_name='whitespace')
        schema.add_text_field('born', tokenizer_name='raw')
        schema.add_text_field('sid', tokenizer_name='raw')
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for r in rows(path):
            writer.add_document(tantivy.Document(entry_id=r['entry_id'], name=words(r, NAME), parents=words(r, PARENTS),
                                                 place=words(r, PLACE), born=r['birth_date'] or '-', sid=r['state_student_id'] or '-'))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def answer(self, row):
        parts = []

        def add(query, boost):
            parts.append((Occur.Should, Query.boost_query(query, boost)))

        for field, columns, boost in (('name', NAME, 1.0), ('parents', PARENTS, .5)):
            for word in words(row, columns).split():
                add(Query.term_query(self.schema, field, word), boost)
                if len(word) > 3:
                    add(Query.fuzzy_term_query(self.schema, field, word, distance=1, transposition_cost_one=True), .6 * boost)
        for word in words(row, PLACE).split():
            add(Query.term_query(self.schema, 'place', word), .1)
        if row['birth_date']:
            add(Query.term_query(self.schema, 'born', row['birth_date']), 1.5)
        if row['state_student_id']:
            add(Query.term_query(self.schema, 'sid', row['state_student_id']), 1.5)
        if not parts:
            return []
        found = self.searcher.search(Query.boolean_query(parts), 10, count=False).hits
        return [(self.searcher.doc(address)['entry_id'][0], score) for score, address in found]


build = Engine
