"""A station of a fork server: one worker after the other, each with the supervision that a command has.

A part of fork-server.py, which executes it in a namespace with `shim`, `fresh`, `limits`, `memory` and `supervision`.
"""
import atexit
import fcntl
import gc
import os
import sys
import time

import _signal
import _socket

HEAD = 32

# What memory the work needs differs from plugin to plugin: some workers find it out anew, and so are slower.
LEARN_AT = (2, 8, 64)
LEARN_EVERY = 512


class WorkerSupervisor(supervision.Supervisor):
    """Takes a worker that says goodbye for ended when nothing else is below us: until the system has given back all of its memory takes
    longer than a small call."""

    has_left = False
    log_bytes = 0

    def is_only_child(self):
        try:
            with open("/proc/self/task/%d/children" % os.getpid()) as file:
                return file.read().split() == [str(self.command_pid)]
        except OSError:
            return False  # not on this system

    def is_leaving(self):
        self.has_left = self.is_only_child()
        return self.has_left

    def hand_on(self, chunk):
        self.log_bytes += len(chunk)
        super().hand_on(chunk)

    def clean(self, temporary):
        """A folder that is as new is kept for the next worker: removing one takes as long as a small call."""
        if not supervision.is_as_new(temporary):
            super().clean(temporary)

    def conclude(self):
        """The host need not wait until it sees all channels closed."""
        if self.has_left:
            self.tell("exited 0\ngone %d" % self.log_bytes)

    def rehearse(self):
        """As the worker's: since the fork our memory is shared too."""
        self.is_only_child()
        self.pump()
        supervision.is_as_new(".")

    def end_tree(self):
        if not self.has_left:
            super().end_tree()

    def await_end(self, patience_s=1.0):
        give_up = time.monotonic() + patience_s
        while self.reap_one() and self.has_left:
            time.sleep(0.0005)
            if time.monotonic() > give_up:
                os.kill(self.command_pid, _signal.SIGKILL)

    def reap_one(self):
        try:
            return os.waitpid(self.command_pid, os.WNOHANG)[0] == 0
        except ChildProcessError:
            return False


def move_up(descriptors):
    """Out of the way of the numbers that have a meaning."""
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 20) for each in descriptors]
    for each in descriptors:
        os.close(each)
    return moved


class Station(object):
    """One worker after the other."""

    def __init__(self, settings, preload):
        self.settings, self.preload = settings, preload
        self.folder = os.environ["TMPDIR"]
        self.known = preload.modules.get("threading"), preload.modules.get("logging"), preload.modules.get("numpy")
        self.names = fresh.union(preload.modules)
        self.number = 0
        self.notes = os.path.join(self.folder, "pages")
        self.needed, self.learns = [], False

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
        handlers = {number: _signal.getsignal(number) for number in supervision.WATCHED}
        wake_read = None
        areas = memory.read_areas()
        self.needed = memory.read(self.notes)
        temporary = os.path.join(self.folder, str(os.getpid()))
        while True:
            self.number += 1
            self.learns = not self.needed or self.number in LEARN_AT or self.number % LEARN_EVERY == 0
            if not supervision.is_as_new(temporary):
                os.mkdir(temporary, 0o700)
            channels = [self.connect(channel) for channel in ("control", "log", "work")]
            control, log, work, log_read, log_write = move_up(channels + list(os.pipe()))
            pid = os.getpid()
            started = time.monotonic()
            worker = os.fork()
            if worker == 0:
                self.work(handlers, pid, temporary, work, log_write, areas)
            os.dup2(control, supervision.CONTROL)
            os.dup2(log, 1)
            for descriptor in (control, log, work, log_write):
                os.close(descriptor)
            if wake_read is None:
                wake_read = supervision.prepare()
            supervisor = WorkerSupervisor(worker, log_read, watched=limits.watched(self.settings["limits"]))
            supervisor.rehearse()
            supervision.supervise(supervisor, started, os.fsencode(temporary), wake_read)
            for descriptor in (1, supervision.CONTROL, log_read):
                os.close(descriptor)
            supervisor.await_end()
            supervision.drain(wake_read)  # a late word of this worker must not be taken for one of the next
            if self.learns:
                self.needed = memory.read(self.notes)
            if supervisor.is_host_gone:
                return supervision.remove(temporary)

    def work(self, handlers, station, temporary, work, log_write, areas):
        """In the worker: becomes what a fresh process of the shim would be, and runs it."""
        code = 1
        try:
            supervision.lead(station)
            _signal.set_wakeup_fd(-1)
            for number, handler in handlers.items():
                _signal.signal(number, handler)
            limits.apply(self.settings["limits"])
            for source, target in ((log_write, 1), (log_write, 2), (work, 3), (work, 4)):
                os.dup2(source, target)
            channels = [identify(log_write), identify(work)]
            supervision.close_inherited()
            os.environ["TMPDIR"] = temporary
            self.renew()
            before = self.learn(areas) if self.learns else self.rehearse()
            code = run(shim.main)
            self.finish()
            if code == 0 and is_alone():
                close_others(channels)
                after = memory.read_entries(areas) if before else []
                os.kill(station, supervision.BYE)
                os.sched_yield()  # what is left to us is slow, and the host waits for the station
                if before:
                    memory.save(memory.find_needed(areas, *before, after), self.notes)
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
        if supervision.is_readable(3):
            return  # no time to wait: the work is here
        if self.needed and supervision.libc is not None:
            return memory.populate(self.needed, supervision.libc)
        dict(self.preload.modules)
        for names in self.preload.reached.values():
            set(names)
        exec(compile("import sys\nclass Work(object):\n    def work(self, **kwargs):\n        return {'done': [sys]}\n", "", "exec"), {"__name__": ""})
        self.own_modules()
        gc.collect()

    def learn(self, areas):
        """Rehearses nothing; gives `[entries]` of the memory that the worker has when its work comes. What the station writes before,
        while the worker waits, becomes the worker's own as well."""
        before, read_request = [], shim.read_request

        def read_request_later():
            supervision.is_readable(3, None)
            before.append(memory.read_entries(areas))
            return read_request()

        shim.read_request = read_request_later
        return before

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


def identify(descriptor):
    """What it leads to."""
    try:
        status = os.fstat(descriptor)
        return status.st_dev, status.st_ino
    except OSError:
        return None  # closed by the work


def close_others(channels):
    """Locks of the work's files are free before the next call. What leads to `channels` stays: each end there wakes one who is busy."""
    start = 0
    for descriptor in (1, 2, shim.CHANNEL):
        if identify(descriptor) in channels:
            os.closerange(start, descriptor)
            start = descriptor + 1
    os.closerange(start, 4096)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # replaced or closed by the work


def is_alone():
    """No thread and no child is left of the work."""
    try:
        if len(os.listdir("/proc/self/task")) > 1:
            return False
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    except OSError:
        pass
    return False


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
