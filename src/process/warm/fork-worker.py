"""A worker of a fork server: becomes what a fresh process of the program would be, and runs it once.

A part of fork-server.py, which executes it in a namespace with `program`, `fresh`, `limits` and `supervision`.
"""
import atexit
import gc
import os
import sys
import time

import _signal

exit_now = os._exit  # the work may replace it, and must never go on as a station
MOST_DESCRIPTORS = 4096


class Worker(object):
    def __init__(self, limit, preload):
        self.limit, self.preload = limit, preload
        self.known = preload.modules.get("threading"), preload.modules.get("logging"), preload.modules.get("numpy")
        self.names = fresh.union(preload.modules)

    def work(self, handlers, station, temporary, work, log, needs):
        """In the forked child, which ends here. `needs` records what memory the work needed, or knows it."""
        code = 1
        try:
            supervision.lead(station)
            _signal.set_wakeup_fd(-1)
            for number, handler in handlers.items():
                _signal.signal(number, handler)
            limits.apply(self.limit)
            for source, target in ((log, 1), (log, 2), (work, 3), (work, 4)):
                os.dup2(source, target)
            os.close(supervision.CONTROL)  # the channel from the station to the host is not for us
            supervision.close_inherited()
            os.environ["TMPDIR"] = temporary
            self.renew()
            self.preload.await_request = lambda: self.await_request(needs)
            code = run(program.main)
            self.finish()
            if code == 0 and is_alone():
                os.closerange(0, MOST_DESCRIPTORS)  # locks of the work's files are free before the next call
                needs.end()
                os.kill(station, supervision.BYE)
                os.sched_yield()  # what is left to us is slow, and the host waits for the station
                needs.save()
        finally:
            exit_now(code)

    def renew(self):
        """Does what the import of a module would have done in a fresh process."""
        program.__name__ = "__main__"
        sys.modules["__main__"] = program
        _, logging, numpy = self.known
        if logging is not None:
            logging._startTime = time.time_ns() if isinstance(logging._startTime, int) else time.time()
        if numpy is not None:
            numpy.random.seed()

    @staticmethod
    def await_request(needs):
        """While the worker waits, the memory that the work is going to need can be had ready."""
        if needs.learns:
            supervision.is_readable(3, None)
            needs.begin()
        else:
            needs.provide(lambda: supervision.is_readable(3))

    def own_modules(self):
        return [module for name, module in sys.modules.items() if name not in self.names]

    def finish(self):
        """Ends as the interpreter does, but only for what the work has brought: cleaning up all modules would take longer than the work."""
        threading = self.known[0] or sys.modules.get("threading")
        if threading is not None:
            threading._shutdown()
        atexit._run_exitfuncs()
        if threading is not None and threading.active_count() > 1:
            return flush()  # daemon threads would fail on what is cleaned up
        for module in self.own_modules():
            if isinstance(module, type(sys)):
                empty(vars(module))
        gc.collect()
        flush()


def empty(names):
    """As the interpreter does: a name is None then, which code that runs this late looks for, and private ones go first."""
    for wanted in (lambda name: name[:1] == "_" and name[1:2] != "_", lambda name: name != "__builtins__"):
        for name in [each for each in names if isinstance(each, str) and wanted(each)]:
            names[name] = None


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # replaced or closed by the work


def is_alone():
    """No thread and no child is left of the work."""
    try:
        if os.stat("/proc/self/task").st_nlink != 3:  # two, and one for each thread
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
