"""A supervisor and its command in one interpreter: where supervisor.py starts a command, this forks a program of ours. An interpreter less to start.

`supervised.py KEPT SUPERVISION PROGRAM WORD...`: where code is kept (see kept-code.py; empty: nowhere), the path of supervision.py, the program with its
words. Descriptors as those of supervisor.py; working directory and environment are the program's. The host first writes on descriptor 5: temporary
folder, `linger` or nothing, limits. CPython 3.8 or newer, standard library only.
"""
import sys

before = set(sys.modules)

import os
import time

import _signal

exit_now = os._exit


def load_kept():
    """The only file besides this one that is compiled at each start."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kept-code.py")
    module = type(sys)("kept-code")
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), vars(module))
    return module


def become(program, limits, log, supervisor, supervision, kept, handlers):
    """In the forked child: what a fresh process of the program would be."""
    supervision.lead(supervisor)
    _signal.set_wakeup_fd(-1)
    for number, handler in handlers.items():
        _signal.signal(number, handler)
    if limits:
        supervision.part("limits.py").apply(limits)
    for target in (1, 2):
        os.dup2(log, target)
    os.close(supervision.CONTROL)
    supervision.close_inherited()
    for name in set(sys.modules) - before:
        del sys.modules[name]
    sys.argv = program
    kept.load(program[0], kept=kept, supervision=supervision).main()


def main():
    kept_path, supervision_path, *program = sys.argv[1:]
    kept = load_kept().Kept(kept_path)
    supervision = kept.load(supervision_path)
    handlers = {number: _signal.getsignal(number) for number in supervision.WATCHED}
    supervision.close_inherited()
    wake_read = supervision.prepare()
    request = supervision.read_words(supervision.CONTROL)
    if request is None:
        return
    temporary, manner, limits = request[0], request[1], request[2].decode()
    os.mkdir(temporary, 0o700)
    name_space = supervision.mark()
    log_read, log_write = os.pipe()
    watched = supervision.part("limits.py").watched(limits) if limits else {}
    own_pid = os.getpid()
    started = time.monotonic()
    command = os.fork()
    if command == 0:
        try:
            become(program, limits, log_write, own_pid, supervision, kept, handlers)
        finally:
            exit_now(1)
    for descriptor in (log_write, 3, 4):
        os.close(descriptor)
    supervision.supervise(supervision.Supervisor(command, log_read, manner == b"linger", watched), started, temporary, wake_read, name_space)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:  # no descriptor, process or memory is left
        os.write(5, ("failed %s: %s\n" % (os.fsdecode(error.filename or "its supervisor"), error.strerror)).encode())
        exit_now(1)
    exit_now(0)  # as in supervisor.py
