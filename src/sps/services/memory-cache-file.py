"""The embedded memory cache: an SQLite file that all plugins, calls and host processes of a state folder share.

Statements and rules are those of memory-cache-file.mjs. It may be lost with the machine, as the appliance's is with a restart, so it
is not synced to the disk; a process that dies in the middle of a change leaves it as it was before.
"""
import os
import sqlite3
import time

BUSY_SECONDS = 30  # how long a write waits for others, each of which takes less than a millisecond

SCHEMA = """
CREATE TABLE cache (key BLOB PRIMARY KEY, value BLOB NOT NULL, expires_at REAL, uses INTEGER NOT NULL, used_at REAL NOT NULL, size INTEGER NOT NULL);
CREATE INDEX cache_use ON cache (uses, used_at);
CREATE TABLE total (size INTEGER NOT NULL);
INSERT INTO total VALUES (0);
CREATE TRIGGER cache_insert AFTER INSERT ON cache BEGIN UPDATE total SET size = size + new.size; END;
CREATE TRIGGER cache_update AFTER UPDATE OF size ON cache BEGIN UPDATE total SET size = size + new.size - old.size; END;
CREATE TRIGGER cache_delete AFTER DELETE ON cache BEGIN UPDATE total SET size = size - old.size; END;
PRAGMA user_version = 1;
"""
UPDATE = "UPDATE cache SET value = ?, expires_at = ?, uses = uses + 1, used_at = ?, size = ? WHERE key = ?"
INSERT = "INSERT INTO cache (value, expires_at, uses, used_at, size, key) VALUES (?, ?, 1, ?, ?, ?)"
DELETE = "DELETE FROM cache WHERE key = ?"
EXPIRE = "DELETE FROM cache WHERE expires_at <= ?"
LEAST_USED = "SELECT key FROM cache WHERE key <> ? ORDER BY uses, used_at LIMIT 1"
ROW_BYTES = 64  # what an entry takes besides key and value


class FileCache(object):
    def __init__(self, path, capacity):
        self.path = path
        self.capacity = capacity

    def set(self, key, value, ttl):
        name, data, now = encode(key), bytes(value), time.time()
        expires_at = now + ttl if ttl > 0 else None
        size = len(name) + len(data) + ROW_BYTES

        def write(database):
            if size > self.capacity:  # would cost all the others
                return database.execute(DELETE, (name,))
            # Two statements, because the one for both needs a newer SQLite than Python 3.8 may have.
            changed = database.execute(UPDATE, (data, expires_at, now, size, name)).rowcount
            if not changed:
                database.execute(INSERT, (data, expires_at, now, size, name))
            self.evict(database, name, now)

        self.run(write)

    def get(self, key):
        name, now = encode(key), time.time()

        def read(database):
            row = database.execute("SELECT value, expires_at FROM cache WHERE key = ?", (name,)).fetchone()
            if row is None or row[1] is not None and row[1] <= now:
                return None
            database.execute("UPDATE cache SET uses = uses + 1, used_at = ? WHERE key = ?", (now, name))
            return bytes(row[0])

        return self.run(read)

    def evict(self, database, name, now):
        """Removes expired entries first, then the least frequently used ones; never the one that was just written."""

        def excess():
            return database.execute("SELECT size FROM total").fetchone()[0] > self.capacity

        if excess():
            database.execute(EXPIRE, (now,))
        while excess():
            database.execute(DELETE, database.execute(LEAST_USED, (name,)).fetchone())

    def run(self, use):
        """One write transaction. If the file is damaged, for instance after a power failure, it runs on a new file."""
        for is_last in (False, True):
            inode = self.prepare()
            database = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                return transact(database, use)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                if is_last:
                    raise
                self.discard(inode)
            finally:
                database.close()

    def discard(self, inode):
        for path in (self.path + "-journal", self.path):  # a journal without its file would be applied to the next one
            try:
                if os.stat(self.path).st_ino == inode:
                    os.unlink(path)
            except FileNotFoundError:
                pass

    def prepare(self):
        os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)  # only its owner reads what is cached
        try:
            return os.fstat(descriptor).st_ino
        finally:
            os.close(descriptor)


def encode(key):
    return key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")


def transact(database, use):
    # Without a sync, not without a journal: a killed process must not leave half a change.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN IMMEDIATE")
    if database.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in split(SCHEMA):
            database.execute(statement)
    result = use(database)
    database.execute("COMMIT")
    return result


def split(script):
    """`executescript` would commit first."""
    statement = ""
    for line in script.strip().split("\n"):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
