"""Which pages of memory a forked process needs for its work. The first access to a page that is shared with its parent takes the
system longer than the work itself does; what one process needed, the next one has made its own before its work comes.

Linux 5.14 or newer; elsewhere nothing is found or nothing comes of it. A part of fork-server.py.
"""
import os

PAGE_BYTES = os.sysconf("SC_PAGESIZE")
AROUND = 16  # pages: with one of a file the system brings those around it that it has in memory (fault_around_bytes, 64 KiB)
POPULATE_READ, POPULATE_WRITE = 22, 23  # of madvise
PRESENT, OF_FILE, EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56  # of an entry of pagemap
STRIDE = 64  # system calls between two looks whether the work is there


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
    """`[(advice, address, length), ...]`: what became this process's own from one `read_entries` to the other."""
    needed = []
    for (first, _, is_writable), known, entries in zip(areas, before, after):
        mask = PRESENT | OF_FILE | EXCLUSIVE if is_writable else PRESENT
        added = find_own(entries, first, mask) - find_own(known, first, mask)
        if is_writable:
            needed.extend((POPULATE_WRITE, page * PAGE_BYTES, count * PAGE_BYTES) for page, count in find_runs(sorted(added)))
        else:
            needed.extend((POPULATE_READ, page * PAGE_BYTES, PAGE_BYTES) for page in {page // AROUND: page for page in added}.values())
    return needed


def find_runs(numbers):
    """`[[first, count], ...]` of ascending numbers."""
    runs = []
    for each in numbers:
        if runs and each == sum(runs[-1]):
            runs[-1][1] += 1
        else:
            runs.append([each, 1])
    return runs


class Needs(object):
    """What memory pieces of work need, as the last of them that was observed told in the file `path`."""

    def __init__(self, path, libc=None):
        self.path, self.libc = path, libc
        self.areas = read_areas()
        self.learns = False  # whether this piece of work is observed
        self.before = self.after = None
        self.needed, self.told = [], None

    def provide(self, is_over):
        """Makes this process's own what the work is going to need, until `is_over()`."""
        libc = self.libc
        if libc is None:
            return
        for index, (advice, address, length) in enumerate(self.needed):
            if index % STRIDE == 0 and is_over():
                break
            libc.madvise(address, length, advice)

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
        with open(draft, "w") as file:
            file.writelines("%d %d %d\n" % each for each in find_needed(self.areas, self.before, self.after))
        os.replace(draft, self.path)

    def read(self):
        """What was told last."""
        try:
            told = os.stat(self.path).st_mtime_ns
            if told != self.told:
                self.needed, self.told = [], told
                with open(self.path) as file:
                    self.needed = [[int(each) for each in line.split()] for line in file]
        except (OSError, ValueError):
            pass  # nobody has told yet
