"""Which pages of memory a forked process needs for its work. The first access to a page that is shared with its parent takes the
system longer than the work itself does; what one process needed, the next one has made its own before its work comes.

Linux 5.14 or newer; elsewhere nothing is found or nothing comes of it. A part of fork-server.py.
"""
import os

PAGE_BYTES = os.sysconf("SC_PAGESIZE")
POPULATE_READ, POPULATE_WRITE = 22, 23  # of madvise
PRESENT, OF_FILE, EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56  # of an entry of pagemap


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


def find_needed(areas):
    """`[(address, length, advice), ...]`: of `areas`, which are the parent's too, what has become this process's own."""
    needed = []
    with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        for first, end, is_writable in areas:
            advice = POPULATE_WRITE if is_writable else POPULATE_READ
            mask = PRESENT | OF_FILE | EXCLUSIVE if is_writable else PRESENT
            entries = os.pread(pagemap.fileno(), (end - first) // PAGE_BYTES * 8, first // PAGE_BYTES * 8)
            pages = [index for index, entry in enumerate(memoryview(entries).cast("Q")) if entry & mask == mask & ~OF_FILE]
            needed.extend((first + start * PAGE_BYTES, count * PAGE_BYTES, advice) for start, count in find_runs(pages))
    return needed


def find_runs(numbers):
    """`[[first, count], ...]` of ascending numbers."""
    runs = []
    for each in numbers:
        if runs and each == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([each, 1])
    return runs


def save(needed, path):
    with open(path, "w") as file:
        file.write(" ".join("%d %d %d" % each for each in needed))


def take(path):
    """What `save` wrote, once; empty when it did not."""
    try:
        with open(path) as file:
            numbers = [int(each) for each in file.read().split()]
        os.unlink(path)
    except (OSError, ValueError):
        return []
    return list(zip(numbers[::3], numbers[1::3], numbers[2::3]))
