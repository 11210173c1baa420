"""A supervisor is above a command as its child subreaper: a process whose parent has ended comes here, so the tree stays complete even
when the command itself crashes. It passes on the command's log to descriptor 1, and exchanges messages with the host on descriptor 5.

The host writes `t` (polite signal to the command's process group), `e` (the command has replied: end the tree, unless the command is
just ending), `k` (end the tree), `q` (the same, and do no more) `o` with ten digits (the station of this process id was killed: end what it
left), or asks the command where it is (see INQUIRIES): one that does not listen gets the polite signal at once. The end of the channel means that the host has ended, in whatever way. We write lines: `started SECONDS MARK`
(monotonic clock; see `mark`), `failed TEXT`, `exited CODE`, `killed SIGNAL`, `left NAMES`, `limit NAME`, `survived PIDS`, `swept NAMES` (the answer to `o`),
`gone BYTES` (of a station: nothing of the command is left, and its log is BYTES bytes long; the station goes on after it).
"""
import os
import select
import sys
import time

try:  # `signal` proper imports `enum`: a third of our start
    import _signal as signal
except ImportError:
    import signal


def compile_file(path):
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec")


def part(name):
    """Loads a file beside this one, without a trace in `sys.modules`: a forked process must not find it there. Unless its code is kept (`code_of`), it
    is compiled at every start, so it is loaded only when it is needed."""
    if name not in parts:
        module = parts[name] = type(sys)(name)
        module.__file__ = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
        exec(globals().get("code_of", compile_file)(module.__file__), module.__dict__)
    return parts[name]


parts = {}
descriptors = part("descriptors.py")
CONTROL, close_inherited, drain = descriptors.CONTROL, descriptors.close_inherited, descriptors.drain
system = part("system_calls.py")
prctl, mark = system.prctl, system.mark
is_readable, read_exactly, read_words, write_all = [getattr(descriptors, each) for each in ("is_readable", "read_exactly", "read_words", "write_all")]

BYE = signal.SIGUSR1
WATCHED = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, BYE)
# `s`: faulthandler's, on a number that nobody uses; `i`: Node's, which starts its inspector.
INQUIRIES = {ord("s"): getattr(signal, "SIGRTMAX", 1) - 1, ord("i"): signal.SIGUSR1}
WATCH_MS = 50
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def tell(line):
    try:
        os.write(CONTROL, (line + "\n").encode("utf-8", "replace"))
    except OSError:
        pass  # the host has ended; what we do next does not depend on it


def lead(supervisor):
    """In the forked child: leader of a session and process group of its own, which ends with its supervisor."""
    os.setsid()
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != supervisor:
        os._exit(1)  # the supervisor died before the request took effect


class Supervisor:
    tell = staticmethod(tell)

    command_ended = asked = is_host_gone = is_cut_short = False
    overdue = None  # since when the command should have ended

    def __init__(self, command_pid, log_read, lingers=False, watched=None):
        self.command_pid, self.log_read, self.lingers, self.watched = command_pid, log_read, lingers, watched
        self.orders = b""

    def reap(self):
        """Collects ended children; true while there are others."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self.command_pid:
                self.command_ended = True
                if os.WIFSIGNALED(status):
                    tell("killed %d" % os.WTERMSIG(status))
                else:
                    tell("exited %d" % os.WEXITSTATUS(status))

    def obey(self, orders):
        """True when the tree is to be ended."""
        self.is_host_gone = not orders or ord("q") in orders
        if self.is_host_gone or ord("k") in orders:
            self.is_cut_short = True
            return True
        self.orders += orders
        while self.orders:
            order, self.orders = self.orders[:1], self.orders[1:]
            if order == b"t":
                self.polite()
            elif ord(order) in INQUIRIES:
                if not self.ask(order):
                    self.polite()
            elif order == b"e":
                self.overdue = self.overdue or time.monotonic()
            elif order == b"o":
                if len(self.orders) < 10:
                    self.orders = order + self.orders
                    break
                self.end_orphans(int(self.orders[:10]))
                self.orders = self.orders[10:]
        return False

    def end_orphans(self, station):
        if not os.path.isdir("/proc/self"):
            return tell("swept")
        part("process_tree.py").end_orphans(self, station)

    def polite(self):
        if self.asked:
            return
        self.asked = self.is_cut_short = True
        try:
            os.killpg(self.command_pid, signal.SIGTERM)
        except OSError:
            pass

    def ask(self, orders):
        """Whether the command listens to what it is asked."""
        signal_listener = part("process_tree.py").signal_listener
        return any(signal_listener(self.command_pid, INQUIRIES[each]) for each in orders if each in INQUIRIES)

    def end_tree(self):
        """Ends everything below us, if there is anything."""
        if self.reap():
            heed_signals(False)  # no process below may keep us from it by sending signals for ever
            part("process_tree.py").end_tree(self)
            heed_signals(True)

    def pump(self):
        """Passes on what is in the log pipe now."""
        while is_readable(self.log_read):
            chunk = self.read_log()
            if not chunk:
                return
            self.hand_on(chunk)

    def read_log(self):
        return os.read(self.log_read, 65536)

    def hand_on(self, chunk):
        write_all(1, chunk)

    def clean(self, temporary):
        """Nothing of the command may stay."""
        remove(temporary)

    def conclude(self):
        """Everything is done."""

    def is_leaving(self):
        """Whether a command that said goodbye only has to end."""
        return False

    def find_over(self):
        """The name of a watched limit that is exceeded."""
        measured = part("process_tree.py").measure()
        return next((name for name, limit in self.watched.items() if measured[name] > limit), None)

    def run(self, wake_read):
        poll = select.poll()
        for descriptor in (self.log_read, CONTROL, wake_read):
            poll.register(descriptor, select.POLLIN)
        # After the polite signal the whole group has its grace, not only the command; a server's children may outlive it.
        while not self.command_ended or ((self.asked or self.lingers) and self.reap()):
            for descriptor, _ in poll.poll(WATCH_MS if self.watched or self.overdue else None):
                if descriptor == self.log_read:
                    chunk = self.read_log()
                    if chunk:
                        self.hand_on(chunk)
                    else:
                        poll.unregister(self.log_read)  # the command closed it itself, and may go on
                elif descriptor == CONTROL:
                    if self.obey(os.read(CONTROL, 64)):
                        return
                else:
                    signals = set(os.read(wake_read, 64))
                    if BYE in signals and self.is_leaving():
                        return
                    if signals - {signal.SIGCHLD, BYE}:
                        self.is_cut_short = True
                        return  # somebody asked us to end
                    self.reap()
            if self.overdue and part("process_tree.py").is_over(self):
                return
            over = self.watched and self.find_over()
            if over:
                return tell("limit " + over)


def remove(folder):
    try:
        os.rmdir(folder)
    except OSError:
        part("process_tree.py").remove_folder(folder)


def prepare():
    """Prepares for the command; gives the pipe that wakes us when a child ends or when we are asked to end."""
    os.set_inheritable(CONTROL, False)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)  # one that is full wakes us too
    heed_signals(True)
    return wake_read


def heed_signals(heeds):
    for number in WATCHED:
        ignored = signal.SIG_DFL if number == signal.SIGCHLD else signal.SIG_IGN  # SIG_IGN would collect our children
        signal.signal(number, (lambda *_: None) if heeds else ignored)


def supervise(supervisor, started, temporary, wake_read, name_space=""):
    """From the start of the command to the end of everything that it started."""
    tell("started %.6f %s" % (started, name_space))
    try:
        supervisor.run(wake_read)
    finally:
        supervisor.end_tree()
        supervisor.pump()
        supervisor.clean(temporary)
        supervisor.conclude()
