"""Pipes as the command's standard input and output. What the host holds are sockets, which a program cannot open again as /dev/stdin."""
import _thread
import os

HOST_INPUT = 3
HOST_OUTPUT = 4
PATIENCE_S = 5.0


class StandardStreams:
    def __init__(self):
        self.stdin_read, self.stdin_write = os.pipe()
        self.stdout_read, self.stdout_write = os.pipe()
        self.drained = _thread.allocate_lock()

    def take(self, log_write):
        """In the forked child."""
        os.dup2(self.stdin_read, 0)
        os.dup2(self.stdout_write, 1)
        os.dup2(log_write, 2)
        os.close(HOST_INPUT)
        os.close(HOST_OUTPUT)

    def hand_on(self):
        """In the supervisor, once the child is there."""
        os.close(self.stdin_read)
        os.close(self.stdout_write)
        self.drained.acquire()
        _thread.start_new_thread(copy, (HOST_INPUT, self.stdin_write, lambda: None))
        _thread.start_new_thread(copy, (self.stdout_read, HOST_OUTPUT, self.drained.release))

    def wait(self):
        """Once nothing is left that could write: until the host has all of it."""
        self.drained.acquire(True, PATIENCE_S)


def copy(source, target, then):
    try:
        while True:
            chunk = os.read(source, 65536)
            if not chunk:
                break
            while chunk:
                chunk = chunk[os.write(target, chunk) :]
    except OSError:
        pass  # one side hung up; closing tells the other
    for descriptor in (target, source):
        os.close(descriptor)
    then()
