"""Runs one command and lets nothing that it started outlive it.

Descriptors: the command's log goes to 1, 3 and 4 belong to the command, 5 is the control channel. There the host first
writes the command (see `read_command`), then the orders that supervision.py knows. A command that works on standard input and output
gets what the host writes to 3 as its input, and its output goes to 4. Python 3.6 or newer, standard library only.
"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import supervision
from supervision import CONTROL, Supervisor, close_inherited, lead, mark, prepare, read_words, signal, supervise, tell


def start(folder, command, environment, limit, log_write, supervisor, streams):
    """In the forked child: becomes the command."""
    try:
        lead(supervisor)
        limit()
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # ignored by Python, and an ignored signal outlives exec
            signal.signal(number, signal.SIG_DFL)
        if streams:
            streams.take(log_write)
        else:
            os.dup2(log_write, 1)
            os.dup2(log_write, 2)
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    except OSError as error:
        tell("failed %s: %s" % (os.fsdecode(error.filename or command[0]), error.strerror))
    os._exit(127)


def read_command():
    """Words: temporary folder, working directory, number of words of
    the command, these words, `linger`, `standard` or nothing, limits (see limits.py), the environment as NAME=VALUE. None when the host ends without a command."""
    request = read_words(CONTROL)
    if request is None:
        return None
    temporary, folder, count, *rest = request
    words, (manner, limits), pairs = rest[: int(count)], rest[int(count) : int(count) + 2], rest[int(count) + 2 :]
    return temporary, folder, words, manner, read_limits(limits.decode()), dict(pair.split(b"=", 1) for pair in pairs)


def read_limits(text):
    """A function that applies them to the calling process, and the limits to watch."""
    if not text:
        return (lambda: None), {}
    limits = supervision.part("limits.py")
    return (lambda: limits.apply(text)), limits.watched(text)


def make_streams():
    return supervision.part("standard_streams.py").StandardStreams()


def main():
    close_inherited()
    wake_read = prepare()
    request = read_command()
    if request is None:
        return
    temporary, folder, command, manner, (limit, watched), environment = request
    os.mkdir(temporary, 0o700)
    name_space = mark()
    log_read, log_write = os.pipe()
    streams = make_streams() if manner == b"standard" else None
    supervisor_pid = os.getpid()
    started = time.monotonic()
    command_pid = os.fork()
    if command_pid == 0:
        start(folder, command, environment, limit, log_write, supervisor_pid, streams)
    for descriptor in (log_write,) if streams else (log_write, 3, 4):
        os.close(descriptor)
    if streams:
        streams.hand_on()
    supervise(Supervisor(command_pid, log_read, manner == b"linger", watched), started, temporary, wake_read, name_space)
    if streams:
        streams.wait()


if __name__ == "__main__":
    try:
        main()
    except OSError as error:  # no descriptor, process or memory is left
        tell("failed %s: %s" % (os.fsdecode(error.filename or "its supervisor"), error.strerror))
        os._exit(1)
    os._exit(0)  # there is nothing to clean up, and cleaning up takes as long as a small call
