"""Which pages of memory a forked process needs for its work. The first access to a page that is shared with its parent takes the
system longer than the work itself does; what one process needed, the next one has made its own before its work comes.

Linux 5.14 or newer; elsewhere nothing is found or nothing comes of it. A part of fork-server.py.
"""
import os

PAGE_BYTES = os.sysconf("SC_PAGESIZE")
AROUND = 16  # pages: with one of a file the system brings those around it that it has in memory (fault_around_bytes, 64 KiB)
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


def find_own(areas):
    """`[{page, ...}, ...]`: of each of `areas`, which are the parent's too, the pages that have become this process's own."""
    own = []
    try:
        with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
            for first, end, is_writable in areas:
                mask = PRESENT | OF_FILE | EXCLUSIVE if is_writable else PRESENT
                entries = os.pread(pagemap.fileno(), (end - first) // PAGE_BYTES * 8, first // PAGE_BYTES * 8)
                start = first // PAGE_BYTES
                own.append({start + index for index, entry in enumerate(memoryview(entries).cast("Q")) if entry & mask == mask & ~OF_FILE})
    except OSError:
        pass  # not on this system
    return own


def find_needed(areas, before):
    """`[(address, length, advice), ...]`: what has become this process's own since `find_own` gave `before`."""
    needed = []
    for (_, _, is_writable), pages, known in zip(areas, find_own(areas), before):
        added = pages - known
        if is_writable:
            needed.extend((start * PAGE_BYTES, count * PAGE_BYTES, POPULATE_WRITE) for start, count in find_runs(sorted(added)))
        else:
            windows = {page // AROUND: page for page in added}
            needed.extend((page * PAGE_BYTES, PAGE_BYTES, POPULATE_READ) for page in sorted(windows.values()))
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
