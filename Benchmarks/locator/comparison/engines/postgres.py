"""A PostgreSQL of its own in a temporary folder, with pg_trgm; the two engines over it share the table."""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
import psycopg
from comparison.data import NAME, PARENTS, rows, words

SETTINGS = dict(shared_buffers='1GB', work_mem='64MB', maintenance_work_mem='512MB', fsync='off', synchronous_commit='off',
                full_page_writes='off', max_parallel_workers_per_gather='0', max_parallel_maintenance_workers='0',
                max_wal_size='4GB', jit='off', listen_addresses="''", autovacuum='off', random_page_cost='1.1')


class Server:
    def __init__(self):
        self.bin = sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1]
        self.folder = tempfile.mkdtemp(prefix='compare-pg.')
        self.user = 'postgres' if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:                           # PostgreSQL refuses to run as root
            shutil.chown(self.folder, 'postgres', 'postgres')
        self.run('initdb', '-D', f'{self.folder}/data', '-U', self.user, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
        with open(f'{self.folder}/data/postgresql.auto.conf', 'a') as file:
            file.writelines(f'{key} = {value}\n' for key, value in SETTINGS.items())
        self.run('pg_ctl', '-D', f'{self.folder}/data', '-w', '-l', f'{self.folder}/log', '-o', f'-k {self.folder}', 'start')
        self.db = psycopg.connect(host=self.folder, user=self.user, dbname='postgres', autocommit=True, prepare_threshold=None)

    def run(self, program, *arguments):
        become = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] if os.getuid() == 0 else []
        subprocess.run([*become, f'{self.bin}/{program}', *arguments], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def pids(self):
        """The server's processes."""
        with open(f'{self.folder}/data/postmaster.pid') as file:
            first = int(file.readline())
        with open(f'/proc/{first}/task/{first}/children') as file:
            return [first] + [int(pid) for pid in file.read().split()]

    def close(self):
        self.db.close()
        self.run('pg_ctl', '-D', f'{self.folder}/data', '-m', 'immediate', 'stop')
        shutil.rmtree(self.folder)


class Engine:
    index, where = '', ''

    def __init__(self, path):
        self.server = Server()
        self.pids, self.close, db = self.server.pids, self.server.close, self.server.db
        db.execute('create extension pg_trgm')
        db.execute('create unlogged table entry (entry_id text, name text, parents text, birth_date text)')
        with db.cursor().copy('copy entry from stdin') as copy:
            for r in rows(path):
                copy.write_row((r['entry_id'], words(r, NAME), words(r, PARENTS), r['birth_date']))
        db.execute(self.index)
        db.execute('vacuum analyze entry')
        db.execute('set pg_trgm.similarity_threshold = 0.4')
        # The same score for both: names first, the parents as far as both sides have them, the birth date.
        self.query = f'''
            select entry_id, .55 * similarity(name, %(name)s)
                + case when parents = '' or %(parents)s = '' then .1 else .2 * similarity(parents, %(parents)s) end
                + case when birth_date = %(born)s then .25 when birth_date = '' or %(born)s = '' then .1 else 0 end as score
            from entry where {self.where} order by score desc limit 10'''

    def answer(self, row):
        key = dict(name=words(row, NAME), parents=words(row, PARENTS), born=row['birth_date'])
        return [(entry, float(score)) for entry, score in self.server.db.execute(self.query, key).fetchall()]
