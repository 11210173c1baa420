"""Holds modules ready and forks processes that have them, each for one piece of work.

`fork-server.py SHIM`, below a supervisor that lingers. Descriptor 3 brings first a JSON line `{watch, preload, ahead, socket, limits}`, then
an empty line for each station that is wanted; descriptor 4 takes our word: `ready JSON`. A station is a supervisor (see
supervision.py) forked from us, which it outlives: it forks a worker, and the next one when nothing is left of the last. For each worker
it connects to the host's socket twice, each beginning with a head of 32 bytes, `NUMBER PID CHANNEL`: `control` (as descriptor 5 of
supervision.py, with the log among the words: `log BYTES` and as many), where it rests until the host writes `n`, and then `work`: the
worker's descriptors 3 and 4, where a worker that leaves nothing at all says `gone BYTES`, as in supervision.py. A station ends when the
host hangs up.

No thread runs here and nothing of the work's own is ever imported. Standard library only, CPython 3.8 or newer.
"""
import os
import sys


def load(path, **names):
    """A file of ours, without a trace in sys.modules; `names` are known in it."""
    module = type(sys)(os.path.basename(path))
    module.__dict__.update(names, __file__=path)
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


def beside(name, **names):
    return load(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), **names)


# First of all, so that what a fresh process of the shim would have can be told from what we need ourselves; and of that only what
# brings in nothing else, since imports are traced from later on.
shim = load(sys.argv[1])
import importlib.machinery

fresh = set(sys.modules)

import gc

import _signal

supervision = beside("supervision.py")
limits = beside("limits.py")
memory = beside("page-memory.py", supervision=supervision)
workers = beside("fork-worker.py", shim=shim, fresh=fresh, limits=limits, supervision=supervision)
stations = beside("fork-station.py", limits=limits, memory=memory, supervision=supervision, workers=workers)


def folders_of(modules):
    """Where packages are installed: a change there makes what is preloaded stale."""
    library = os.path.dirname(os.__file__) + os.sep
    files = [getattr(module, "__file__", None) or "" for module in modules]
    installed = {os.path.dirname(file) for file in files if "-packages" in file or file and not file.startswith(library)}
    return sorted(installed | {folder for folder in sys.path[1:] if os.path.isdir(folder)})


def main():
    orders = os.fdopen(3, "r", encoding="utf-8", closefd=False)
    settings = shim.from_json(orders.readline())
    preload = beside("preload.py", side_by_side=beside("side-by-side.py")).Preload(load(settings["watch"]).ImportWatch())
    gc.disable()  # all of it is here to stay
    preload.fill(settings["preload"], fresh)
    for file in settings["ahead"]:
        shim.load(file).compile_ahead()
    station = stations.Station(settings, preload)
    if "ctypes" in preload.modules and sys.platform == "linux":
        ctypes = preload.modules["ctypes"]
        supervision.libc = ctypes.CDLL(None)
        supervision.libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        if hasattr(supervision.libc, "process_madvise"):
            supervision.libc.process_madvise.restype = ctypes.c_ssize_t
            supervision.libc.process_madvise.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_uint]
    word = {"modules": len(preload.modules), "folders": folders_of(preload.modules.values())}
    os.write(4, ("ready %s\n" % shim.to_json(word)).encode())
    _signal.signal(_signal.SIGCHLD, _signal.SIG_IGN)  # ended supervisors are nobody's business
    gc.collect()
    gc.freeze()
    gc.enable()
    for _ in orders:
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork() == 0:
            try:
                station.serve()
            finally:
                os._exit(0)
        station.index += 1


if __name__ == "__main__":
    main()
    os._exit(0)
