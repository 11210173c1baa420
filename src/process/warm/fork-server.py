"""Keeps modules ready, and forks processes that have them, each for one piece of work.

`fork-server.py PROGRAM LIMITS NAMES WORD...`, below a supervisor that lingers and forked it (supervised.py, which executes it in a namespace with `kept` and
`supervision`): a forkable program with its words, see forkable.md, limits, and names of modules with blanks between. Descriptor 3 brings first the socket (`@` in place of
a NUL), then 32 bytes and a newline for each station that is wanted. Descriptor 4 takes our word: `ready MODULES FOLDER...`, folders in
hexadecimal digits. A station is a supervisor forked from us, which it outlives: it forks a worker, and the next one when nothing is left of
the last. It connects to the host's socket once, which is its descriptor 5 of supervision.py, with the log among the words (`log BYTES`
and as many) and `resting PID` between two workers, where it waits until the host writes `n` and 32 bytes; then once more for each worker:
the worker's descriptors 3 and 4. A connection begins with the
32 bytes, which are good for this one alone: the host hangs up on who has none. A station ends when the host hangs up.

No thread runs here, and nothing of the work itself is ever imported. Standard library only, CPython 3.8 or newer.
"""
import os
import sys


def beside(name, **names):
    return kept.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), **names)


# First, so that what a fresh process of the program would have can be distinguished from what we need ourselves; and of that only what
# brings in nothing else, since imports are traced from later on.
program = kept.load(sys.argv[1])
import importlib.machinery

fresh = set(sys.modules)

import gc

import _signal

limits = supervision.part("limits.py")
memory = beside("page-memory.py")
workers = beside("fork-worker.py", program=program, fresh=fresh, limits=limits, supervision=supervision)
stations = beside("fork-station.py", limits=limits, memory=memory, supervision=supervision, workers=workers)


def folders_of(modules):
    """Where packages are installed: a change there makes what is preloaded stale."""
    library = os.path.dirname(os.__file__) + os.sep
    files = [getattr(module, "__file__", None) or "" for module in modules]
    installed = {os.path.dirname(file) for file in files if "-packages" in file or file and not file.startswith(library)}
    return sorted(installed | {folder for folder in sys.path[1:] if os.path.isdir(folder)})


def libc_of(preload):
    """None where memory cannot be made ready."""
    ctypes = preload.modules.get("ctypes")
    if ctypes is None or sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return libc


def main():
    limit, names, *words = sys.argv[2:]
    preload = beside("preload.py").Preload()
    gc.disable()  # all of it stays
    modules = beside("kept-modules.py", beside=beside).KeptModules(kept)
    preload.fill(names.split() + ["ctypes"], fresh, modules)  # that one for us
    modules.close()
    program.prepare_fork(preload, words)
    kept.save()
    (socket,) = [os.fsdecode(each) for each in supervision.read_words(3)]
    station = stations.Station(socket, limit, preload, libc_of(preload))
    folders = [os.fsencode(each).hex() for each in folders_of(preload.modules.values())]
    os.write(4, (" ".join(["ready", str(len(preload.modules))] + folders) + "\n").encode())
    _signal.signal(_signal.SIGCHLD, _signal.SIG_IGN)  # nobody asks about ended supervisors
    gc.freeze()
    gc.enable()
    while True:
        token = supervision.read_exactly(3, stations.TOKEN + 1)  # and no byte more: the next one belongs to another station
        if token is None:
            os._exit(0)
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork() == 0:
            try:
                station.serve(token[:-1])
            finally:
                os._exit(0)

