"""Runs one command and lets nothing that it started outlive it.

Descriptors: 1 the command's log goes here, 3 and 4 belong to the command, 5 is the control channel. There the host first
writes the command (see `read_command`), later `t` (polite signal to the command's process group) or `k` (end the tree); it is
taken for dead at the end of the channel, in whatever way it died. We write lines: `started SECONDS` (monotonic clock),
`failed TEXT`, `exited CODE`, `killed SIGNAL`, `left NAMES`, `survived PIDS`.

The supervisor stands above the command as its child subreaper: a process whose parent is gone comes here, so the tree
stays whole even when the command itself crashes. Python 3.6 or newer, standard library only.
"""
import os
import select
import sys
import time

try:  # `signal` proper imports `enum`: a third of our start
    import _signal as signal
except ImportError:
    import signal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

CONTROL = 5
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def prctl(option, value):
    """Linux only. Without it (other systems, a Python without ctypes) what leaves the process group may survive."""
    if sys.platform != "linux":
        return
    try:
        import ctypes
    except ImportError:
        return
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def tell(line):
    try:
        os.write(CONTROL, (line + "\n").encode("utf-8", "replace"))
    except OSError:
        pass  # the host is gone; what we do next does not depend on it


def start(folder, command, environment, log_write, supervisor):
    """In the forked child: becomes the command, leader of a session and process group of its own."""
    try:
        os.setsid()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != supervisor:
            os._exit(1)  # the supervisor died before the request took effect
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and an ignored signal outlives exec
            signal.signal(number, signal.SIG_DFL)
        os.dup2(log_write, 1)
        os.dup2(log_write, 2)
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    except OSError as error:
        tell("failed %s: %s" % (os.fsdecode(error.filename or command[0]), error.strerror))
    os._exit(127)


def read_command():
    """`LENGTH NEWLINE`, then as many bytes: texts with NUL between: temporary folder, working directory, number of words of
    the command, these words, the environment as NAME=VALUE. None when the host ends without a command."""
    head = b""
    while not head.endswith(b"\n"):
        byte = os.read(CONTROL, 1)
        if not byte:
            return None
        head += byte
    body = b""
    while len(body) < int(head):
        chunk = os.read(CONTROL, int(head) - len(body))
        if not chunk:
            return None
        body += chunk
    temporary, folder, count, *rest = body.split(b"\0")
    words, pairs = rest[: int(count)], rest[int(count) :]
    return temporary, folder, words, dict(pair.split(b"=", 1) for pair in pairs)


def close_inherited():
    """What the host itself inherited from a shell or tool is nobody's business below."""
    try:
        descriptors = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        descriptors = range(CONTROL + 1, 256)
    for descriptor in descriptors:
        if descriptor > CONTROL:
            try:
                os.close(descriptor)
            except OSError:
                pass  # the one that listed the others


class Supervisor:
    tell = staticmethod(tell)

    def __init__(self, command_pid, log_read):
        self.command_pid = command_pid
        self.log_read = log_read
        self.command_ended = False
        self.asked = False

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

    def polite(self):
        self.asked = True
        try:
            os.killpg(self.command_pid, signal.SIGTERM)
        except OSError:
            pass

    def end_tree(self):
        """Ends what is below us, if there is anything."""
        if self.reap():
            from process_tree import end_tree  # compiled at every start, so only where it is needed

            end_tree(self)

    def pump(self):
        """Hands on what is in the log pipe now."""
        poll = select.poll()
        poll.register(self.log_read, select.POLLIN)
        while poll.poll(0):
            chunk = os.read(self.log_read, 65536)
            if not chunk:
                return
            write_all(1, chunk)

    def run(self, wake_read):
        poll = select.poll()
        for descriptor in (self.log_read, CONTROL, wake_read):
            poll.register(descriptor, select.POLLIN)
        # After the polite signal the whole group has its grace, not only the command.
        while not self.command_ended or (self.asked and self.reap()):
            for descriptor, _ in poll.poll():
                if descriptor == self.log_read:
                    chunk = os.read(self.log_read, 65536)
                    if chunk:
                        write_all(1, chunk)
                    else:
                        poll.unregister(self.log_read)  # closed by the command itself, which may go on
                elif descriptor == CONTROL:
                    for order in os.read(CONTROL, 64) or b"k":
                        if order == ord("k"):
                            return
                        self.polite()
                else:
                    for number in os.read(wake_read, 64):
                        if number != signal.SIGCHLD:
                            return  # somebody asked us to end
                    self.reap()


def write_all(descriptor, chunk):
    try:
        while chunk:
            chunk = chunk[os.write(descriptor, chunk) :]
    except OSError:
        pass  # the host is gone; the end of the control channel says so too


def remove(folder):
    try:
        os.rmdir(folder)
    except OSError:
        from process_tree import remove_folder

        remove_folder(folder)


def main():
    close_inherited()
    os.set_inheritable(CONTROL, False)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    request = read_command()
    if request is None:
        return
    temporary, folder, command, environment = request
    os.mkdir(temporary, 0o700)
    log_read, log_write = os.pipe()
    supervisor_pid = os.getpid()
    started = time.monotonic()
    command_pid = os.fork()
    if command_pid == 0:
        start(folder, command, environment, log_write, supervisor_pid)
    tell("started %.6f" % started)
    for descriptor in (log_write, 3, 4):
        os.close(descriptor)
    supervisor = Supervisor(command_pid, log_read)
    try:
        supervisor.run(wake_read)
    finally:
        supervisor.end_tree()
        supervisor.pump()
        remove(temporary)


if __name__ == "__main__":
    main()
    os._exit(0)  # there is nothing to tidy up, and tidying up takes as long as a small call
