"""Which pages of memory a forked process needs for its work. The first access to a page that is shared with its parent takes the
system longer than the work itself does; what one process needed, the next one has made its own before its work comes.

Linux 5.14 or newer; elsewhere nothing is found or nothing comes of it. A part of fork-server.py, which executes it in a namespace with
`supervision`.
"""
import os
import sys

PAGE_BYTES = os.sysconf("SC_PAGESIZE")
AROUND = 16  # pages: with one of a file the system brings those around it that it has in memory (fault_around_bytes, 64 KiB)
POPULATE_READ, POPULATE_WRITE = 22, 23  # of madvise
PRESENT, OF_FILE, EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56  # of an entry of pagemap
MOST = 128  # vectors in one system call, so that it does not take long


def read_areas():
    """`[(first, end, is_writable), ...]`: private memory of this process, by address."""
    areas = []
    try:
        with open("/proc/self/maps", "rb") as file:
            for line in file:
                span, rights = line.split(None, 2)[:2]
                if rights[3:] == b"p" and rights[:1] == b"r" and b" [v" not in line:
                    first, end = [int(each, 16) for each in span.split(b"-")]
                    areas.append((first, end, rights[1:2] == b"w"))
    except OSError:
        pass  # not on this system
    return areas


def read_entries(areas):
    """`[bytes, ...]`: what the system says of each page of `areas`. Kept as it comes: a set of numbers would be the larger part of what
    memory a small piece of work needs."""
    entries = []
    try:
        with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
            for first, end, _ in areas:
                entries.append(os.pread(pagemap.fileno(), (end - first) // PAGE_BYTES * 8, first // PAGE_BYTES * 8))
    except OSError:
        pass  # not on this system
    return entries


def find_own(entries, first, mask):
    """The numbers of the pages that are this process's own, of an area that begins at the address `first`."""
    start = first // PAGE_BYTES
    return {start + index for index, entry in enumerate(memoryview(entries).cast("Q")) if entry & mask == mask & ~OF_FILE}


def find_needed(areas, before, after):
    """`[(advice, vectors), ...]`, for `Needs`: what became this process's own from one `read_entries` to the other."""
    written, read = [], []
    for (first, _, is_writable), known, entries in zip(areas, before, after):
        mask = PRESENT | OF_FILE | EXCLUSIVE if is_writable else PRESENT
        added = find_own(entries, first, mask) - find_own(known, first, mask)
        if is_writable:
            written.extend(find_runs(sorted(added)))
        else:
            read.extend((page, 1) for page in sorted({page // AROUND: page for page in added}.values()))
    return [(advice, encode(runs[start : start + MOST]))
            for advice, runs in ((POPULATE_WRITE, written), (POPULATE_READ, read))
            for start in range(0, len(runs), MOST)]  # fmt: skip


def find_runs(numbers):
    """`[[first, count], ...]` of ascending numbers."""
    runs = []
    for each in numbers:
        if runs and each == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([each, 1])
    return runs


def encode(runs):
    """`struct iovec[]`"""
    return b"".join((number * PAGE_BYTES).to_bytes(8, sys.byteorder) for run in runs for number in run)


class Needs(object):
    """What memory pieces of work need, as the last of them that was observed told in the file `path`."""

    def __init__(self, path):
        self.path = path
        self.areas = read_areas()
        self.learns = False  # whether this piece of work is observed
        self.before = self.after = None
        self.needed, self.told = [], None

    def provide(self, is_over):
        """Makes this process's own what the work is going to need, until `is_over()`."""
        libc = supervision.libc
        if libc is None:
            return
        process = os.pidfd_open(os.getpid()) if hasattr(os, "pidfd_open") and hasattr(libc, "process_madvise") else -1
        for advice, vectors in self.needed:
            if is_over():
                break
            numbers = memoryview(vectors).cast("Q")
            if process == -1 or libc.process_madvise(process, vectors, len(numbers) // 2, advice, 0) != sum(numbers[1::2]):
                for address, length in zip(numbers[::2], numbers[1::2]):  # Linux before 6.13, or some of it is no longer there
                    libc.madvise(address, length, advice)
        if process != -1:
            os.close(process)

    def begin(self):
        """The work comes. What the station wrote before, while we waited, has become our own as well and does not count."""
        self.before = read_entries(self.areas)

    def end(self):
        if self.learns:
            self.after = read_entries(self.areas)

    def save(self):
        if self.before is None or self.after is None:
            return
        draft = "%s.%d" % (self.path, os.getpid())
        with open(draft, "wb") as file:
            for advice, vectors in find_needed(self.areas, self.before, self.after):
                file.write(b"%d %d\n%b" % (advice, len(vectors), vectors))
        os.replace(draft, self.path)

    def read(self):
        """What was told last."""
        try:
            told = os.stat(self.path).st_mtime_ns
            if told == self.told:
                return
            self.needed, self.told = [], told
            with open(self.path, "rb") as file:
                for line in iter(file.readline, b""):
                    advice, length = line.split()
                    self.needed.append((int(advice), file.read(int(length))))
        except (OSError, ValueError):
            pass  # nobody has told yet
