"""Runs a Python 2 interpreter whose shim cannot use inherited descriptors.

Jython knows a descriptor by the Java object that opened it, not by its number, and ours are sockets, which cannot be opened by a
name under /dev/fd either. So two named pipes are between them: this process copies descriptor 3 to the first and the second to
descriptor 4. Nothing is written to the disk, because the request contains secrets.

    legacy-launcher.py INTERPRETER SHIM

The shim gets the names of both pipes; it opens and removes them before it sends its first message. The interpreter is in our process
group and gets the group's signals itself; we end when it ends, in the same way. Python 3.6 or newer, standard library only.
"""
import os
import select
import signal
import sys

REQUEST, REPLY = 3, 4
PR_SET_PDEATHSIG = 1


def follow(parent):
    """In the forked child: ends with us, as we end with our supervisor. Linux only."""
    if sys.platform != "linux":
        return
    try:
        import ctypes
    except ImportError:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def start(command):
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        follow(parent)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and an ignored signal outlives exec
            signal.signal(number, signal.SIG_DFL)
        os.close(REQUEST)
        os.close(REPLY)
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, ("%s: %s\n" % (command[0], error.strerror)).encode("utf-8", "replace"))
    os._exit(127)


def make_pipe(name):
    """Its path, and our end of it. Open for both directions a pipe has no end, so that it does not matter who opens it first."""
    path = os.path.join(os.environ["TMPDIR"], name)
    os.mkfifo(path, 0o600)
    return path, os.open(path, os.O_RDWR | os.O_NONBLOCK)


def read(descriptor):
    """None when there is nothing yet."""
    try:
        return os.read(descriptor, 65536)
    except BlockingIOError:
        return None
    except OSError:
        return b""  # the host is gone, and we are about to be ended


def write_all(descriptor, chunk):
    try:
        while chunk:
            chunk = chunk[os.write(descriptor, chunk) :]
    except OSError:
        pass  # as above


class Pump:
    def __init__(self, to_shim, from_shim, wake):
        self.to_shim, self.from_shim, self.wake = to_shim, from_shim, wake
        self.request = b""
        self.is_read = self.is_opened = False

    def run(self, pid):
        """Copies until the interpreter has ended; returns how it ended."""
        poll = select.poll()
        for descriptor in (REQUEST, self.from_shim, self.wake):
            poll.register(descriptor, select.POLLIN)
        while True:
            self.feed(poll)
            for descriptor, _ in poll.poll():
                if descriptor == REQUEST:
                    chunk = read(REQUEST)
                    self.request += chunk or b""
                    if chunk == b"":
                        self.is_read = True
                        poll.unregister(REQUEST)
                elif descriptor == self.from_shim:
                    self.hand_on()
                elif descriptor == self.wake:
                    read(self.wake)
                    ended, status = os.waitpid(pid, os.WNOHANG)
                    if ended:
                        self.hand_on()
                        return status

    def hand_on(self):
        while True:
            chunk = read(self.from_shim)
            if not chunk:
                return
            self.is_opened = True
            write_all(REPLY, chunk)

    def feed(self, poll):
        """The shim's first message says that it has opened the pipe: before that, the content would be lost with our end."""
        if self.to_shim is None or not self.is_opened:
            return
        try:
            while self.request:
                self.request = self.request[os.write(self.to_shim, self.request) :]
        except BlockingIOError:
            pass
        # Only while something waits, because a pipe with room in it would wake us again and again.
        poll.register(self.to_shim, select.POLLOUT if self.request else 0)
        if self.is_read and not self.request:
            poll.unregister(self.to_shim)
            os.close(self.to_shim)
            self.to_shim = None


def end_as(status):
    if os.WIFEXITED(status):
        os._exit(os.WEXITSTATUS(status))
    import resource

    number = os.WTERMSIG(status)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the interpreter has left its own
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def main():
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    interpreter, shim = sys.argv[1:]
    request_path, to_shim = make_pipe("request")
    reply_path, from_shim = make_pipe("reply")
    # Unbuffered, so that both streams are logged in the order in which they were written.
    pid = start([interpreter, "-u", shim, request_path, reply_path])
    end_as(Pump(to_shim, from_shim, wake_read).run(pid))


if __name__ == "__main__":
    main()
