"""A station of a fork server: one worker after the other, each with the supervision that a command has.

A part of fork-server.py, which executes it in a namespace with `limits`, `memory`, `supervision` and `workers`.
"""
import fcntl
import os
import time

import _signal
import _socket

TOKEN = 32  # bytes

# The memory that the work needs differs from plugin to plugin: one worker of a station in so many measures it again, and is slower for it.
LEARN_AT, LEARN_EVERY = 8, 512


class WorkerSupervisor(supervision.Supervisor):
    """Takes a worker that says goodbye for ended when nothing else is below us: until the system has given back all of its memory takes
    longer than a small call."""

    has_left = False
    log_bytes = 0

    def is_leaving(self):
        self.has_left = is_only_child(self.command_pid)
        return self.has_left

    def hand_on(self, chunk):
        """Between our messages, so that the host has one channel less to open and to watch for each worker."""
        self.log_bytes += len(chunk)
        supervision.write_all(supervision.CONTROL, b"log %d\n%b" % (len(chunk), chunk))

    def clean(self, temporary):
        """An empty folder is kept for the next worker: removing one takes as long as a small call."""
        if not is_as_new(temporary):
            super().clean(temporary)

    def conclude(self):
        """So the host need not wait until all channels are closed."""
        self.tell("%sgone %d" % ("exited 0\n" if self.has_left else "", self.log_bytes))

    def end_tree(self):
        if not self.has_left:
            super().end_tree()

    def await_end(self, patience_s=0.5):
        """Of a worker that said goodbye; one that stays is ended."""
        give_up = time.monotonic() + patience_s
        while self.has_left and os.waitpid(self.command_pid, os.WNOHANG)[0] == 0:
            time.sleep(0.0005)
            if time.monotonic() > give_up:
                os.kill(self.command_pid, _signal.SIGKILL)


def is_only_child(child):
    """Whether this process has no other child; False if the system does not say."""
    own = os.getpid()
    try:
        descriptor = os.open("/proc/%d/task/%d/children" % (own, own), os.O_RDONLY)
        children = os.read(descriptor, 64)  # of more than fit there are more than one
        os.close(descriptor)
        return children.split() == [b"%d" % child]
    except OSError:
        return False


def is_as_new(folder):
    """Whether a temporary folder is empty and nobody else's."""
    try:
        return os.lstat(folder).st_mode == 0o40700 and not os.listdir(folder)
    except OSError:
        return False


def move_up(descriptors):
    """Out of the way of the numbers that have a meaning."""
    moved = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, supervision.CONTROL + 1) for each in descriptors]
    for each in descriptors:
        os.close(each)
    return moved


class Station(object):
    """One worker after the other."""

    def __init__(self, socket, limit, preload, libc):
        self.libc = libc
        self.socket, self.watched = socket, limits.watched(limit)
        self.worker = workers.Worker(limit, preload)
        self.folder = os.environ["TMPDIR"]
        self.number = 0

    def connect(self, token):
        """Whoever has the token counts as us, once: when a plugin runs, the token is worthless."""
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        connection.connect(self.socket.replace("@", "\0") if self.socket[0] == "@" else self.socket)
        connection.send(token)
        return connection.detach()

    def rest(self):
        """Waits until the host wants a worker, so that no call pays for the fork. Gives the token of its channel; None at the end."""
        supervision.tell("resting %d" % os.getpid())
        order = b""
        while order != b"n":  # other orders were meant for the worker that has ended
            order = os.read(supervision.CONTROL, 1)
            if order in (b"", b"q"):
                return None
        return supervision.read_exactly(supervision.CONTROL, TOKEN)

    def serve(self, token):
        """In the forked child. Ends with an error when the host has ended."""
        _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
        for descriptor in (3, 4):
            os.close(descriptor)
        control = self.connect(token)
        os.dup2(control, supervision.CONTROL, False)
        if control != supervision.CONTROL:
            os.close(control)
        handlers = {number: _signal.getsignal(number) for number in supervision.WATCHED}
        wake_read = supervision.prepare()  # before there is a worker that may say goodbye
        needs = memory.Needs(os.path.join(self.folder, "pages"), self.libc)
        temporary = os.path.join(self.folder, str(os.getpid()))
        while True:
            token = self.rest()
            if token is None:
                return self.number > 0 and supervision.remove(temporary)
            self.number += 1
            needs.read()
            needs.learns = not needs.needed or self.number % LEARN_EVERY == LEARN_AT
            if not is_as_new(temporary):
                os.mkdir(temporary, 0o700)
            work, log_read, log_write = move_up([self.connect(token)] + list(os.pipe()))
            pid = os.getpid()
            started = time.monotonic()
            worker = os.fork()
            if worker == 0:
                self.worker.work(handlers, pid, temporary, work, log_write, needs)
            for descriptor in (work, log_write):
                os.close(descriptor)
            supervisor = WorkerSupervisor(worker, log_read, watched=self.watched)
            supervision.supervise(supervisor, started, os.fsencode(temporary), wake_read)
            os.close(log_read)
            supervisor.await_end()
            supervision.drain(wake_read)  # a late signal of this worker must not count for the next one
            if supervisor.is_host_gone:
                return supervision.remove(temporary)
