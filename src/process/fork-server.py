"""Holds modules ready and forks processes that have them, each for one piece of work.

`fork-server.py SHIM`, below a supervisor that lingers. Descriptor 3 brings first a JSON line `{watch, preload, socket, limits}`, then
an empty line for each station that is wanted; descriptor 4 takes our word: `ready JSON`. A station is a supervisor (see
supervision.py) forked from us, which it outlives: it forks a worker, and the next one when nothing is left of the last. For each worker
it connects to the host's socket four times, each beginning with a head of 32 bytes, `NUMBER PID CHANNEL`: `control` (as descriptor
5 of supervision.py), `log`, and the worker's descriptors 3 and 4. A station ends when the host hangs up.

No thread runs here and nothing of the work's own is ever imported. Standard library only, CPython 3.8 or newer.
"""
import os
import sys


def load(path, name):
    module = type(sys)(name)
    module.__file__ = path
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


def beside(name):
    return load(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), name)


# First of all, so that what a fresh process of the shim would have can be told from what we need ourselves; and of that only what
# brings in nothing else, since imports are traced from later on.
shim = load(sys.argv[1], "shim")
import importlib.machinery

fresh = set(sys.modules)

import atexit
import fcntl
import gc
import time

import _signal
import _socket

HEAD = 32
limits = beside("limits.py")


def move_up(descriptors):
    """Out of the way of the numbers that have a meaning."""
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 20) for each in descriptors]
    for each in descriptors:
        os.close(each)
    return moved


class Station(object):
    """One worker after the other."""

    def __init__(self, settings, preload, supervisor):
        self.settings, self.preload, self.supervisor = settings, preload, supervisor
        self.folder = os.environ["TMPDIR"]
        self.known = preload.modules.get("threading"), preload.modules.get("logging"), preload.modules.get("numpy")
        self.names = fresh.union(preload.modules)
        self.number = 0

    def connect(self, channel):
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        connection.connect(self.settings["socket"])
        connection.send(("%d %d %s" % (self.number, os.getpid(), channel)).encode().ljust(HEAD))
        return connection.detach()

    def serve(self):
        """In the forked child. Ends with an error when the host is gone."""
        _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
        for descriptor in (3, 4):
            os.close(descriptor)
        handlers = {number: _signal.getsignal(number) for number in self.supervisor.WATCHED}
        wake_read = None
        while True:
            self.number += 1
            temporary = os.path.join(self.folder, "%d-%d" % (os.getpid(), self.number))
            os.mkdir(temporary, 0o700)
            channels = [self.connect(channel) for channel in ("control", "log", "3", "4")]
            control, log, request, reply, log_read, log_write = move_up(channels + list(os.pipe()))
            pid = os.getpid()
            started = time.monotonic()
            worker = os.fork()
            if worker == 0:
                self.work(handlers, pid, temporary, request, reply, log_write)
            os.dup2(control, self.supervisor.CONTROL)
            os.dup2(log, 1)
            for descriptor in (control, log, request, reply, log_write):
                os.close(descriptor)
            if wake_read is None:
                wake_read = self.supervisor.prepare()
            supervisor = self.supervisor.Supervisor(worker, log_read, watched=limits.watched(self.settings["limits"]))
            self.supervisor.supervise(supervisor, started, os.fsencode(temporary), wake_read)
            for descriptor in (1, self.supervisor.CONTROL, log_read):
                os.close(descriptor)
            if supervisor.is_host_gone:
                return

    def work(self, handlers, station, temporary, request, reply, log_write):
        """In the worker: becomes what a fresh process of the shim would be, and runs it."""
        code = 1
        try:
            self.supervisor.lead(station)
            _signal.set_wakeup_fd(-1)
            for number, handler in handlers.items():
                _signal.signal(number, handler)
            limits.apply(self.settings["limits"])
            for source, target in ((log_write, 1), (log_write, 2), (request, 3), (reply, 4)):
                os.dup2(source, target)
            self.supervisor.close_inherited()
            os.environ["TMPDIR"] = temporary
            self.renew()
            self.rehearse()
            code = run(shim.main)
            self.finish()
        finally:
            os._exit(code)

    def renew(self):
        """What a module would have set up at its import in a fresh process."""
        shim.preload, shim.__name__ = self.preload, "__main__"
        sys.modules["__main__"] = shim
        sys.modules.pop("process_tree", None)
        _, logging, numpy = self.known
        if logging is not None:
            logging._startTime = time.time_ns() if isinstance(logging._startTime, int) else time.time()
        if numpy is not None:
            numpy.random.seed()

    def rehearse(self):
        """The first write to a page of memory that is shared with the station copies it; a reference counted is a write. These copies,
        which would take as long as the work, are made while the worker waits for it."""
        dict(self.preload.modules)
        for names in self.preload.reached.values():
            set(names)
        exec(compile("import sys\nclass Work(object):\n    def work(self, **kwargs):\n        return {'done': [sys]}\n", "", "exec"), {"__name__": ""})
        self.own_modules()
        gc.collect()

    def own_modules(self):
        return [module for name, module in sys.modules.items() if name not in self.names]

    def finish(self):
        """As the interpreter ends, but only with what the work has brought: tidying up all modules would take longer than the work."""
        threading = self.known[0] or sys.modules.get("threading")
        if threading is not None:
            threading._shutdown()
        atexit._run_exitfuncs()
        if threading is not None and threading.active_count() > 1:
            return flush()  # daemon threads would stumble over what is tidied up
        for module in self.own_modules():
            if isinstance(module, type(sys)):
                vars(module).clear()
        gc.collect()
        flush()


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # replaced or closed by the work


def run(function):
    """The exit code that the interpreter would give."""
    try:
        function()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        sys.stderr.write("%s\n" % (end.code,))
        return 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def folders_of(modules):
    """Where packages are installed: a change there makes what is preloaded stale."""
    library = os.path.dirname(os.__file__) + os.sep
    files = [getattr(module, "__file__", None) or "" for module in modules]
    installed = {os.path.dirname(file) for file in files if "-packages" in file or file and not file.startswith(library)}
    return sorted(installed | {folder for folder in sys.path[1:] if os.path.isdir(folder)})


def main():
    orders = os.fdopen(3, "r", encoding="utf-8", closefd=False)
    settings = shim.from_json(orders.readline())
    supervisor = beside("supervision.py")
    preload = beside("preload.py").Preload(load(settings["watch"], "watch").ImportWatch())
    preload.fill(settings["preload"], fresh)
    station = Station(settings, preload, supervisor)
    if "ctypes" in preload.modules and sys.platform == "linux":
        supervisor.libc = preload.modules["ctypes"].CDLL(None)
    word = {"modules": len(preload.modules), "folders": folders_of(preload.modules.values())}
    os.write(4, ("ready %s\n" % shim.to_json(word)).encode())
    _signal.signal(_signal.SIGCHLD, _signal.SIG_IGN)  # ended supervisors are nobody's business
    gc.collect()
    gc.freeze()
    for _ in orders:
        sys.stdout.flush()
        sys.stderr.flush()
        if os.fork() == 0:
            try:
                station.serve()
            finally:
                os._exit(0)


if __name__ == "__main__":
    main()
    os._exit(0)
