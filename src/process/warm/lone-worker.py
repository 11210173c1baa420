"""Runs a forkable program (see forkable.md) once, in this process: modules that its work will import are imported while it waits for its request.

`lone-worker.py PROGRAM NAMES WORD...`: names of modules with blanks between; the words are those of the program. Descriptors as those
of a worker. What the work finds is what a worker finds; when the request is there already, nothing is imported ahead.
"""
import os
import sys

exit_now = os._exit


def load(path, **names):
    """A file of ours, without a trace in sys.modules; `names` are known in it."""
    module = type(sys)(os.path.basename(path))
    module.__dict__.update(names, __file__=path)
    with open(path, "rb") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


def beside(name, **names):
    return load(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), **names)


# First, as in fork-server.py.
program = load(sys.argv[1])
import importlib.machinery

fresh = set(sys.modules)

import gc
import select

workers = beside("fork-worker.py", program=program, fresh=fresh, limits=None, supervision=None)
preload = beside("preload.py").Preload()
worker = workers.Worker(None, preload)


def fill():
    """While the program waits for its request."""
    global worker
    gc.disable()  # all of it stays
    poll = select.poll()
    poll.register(3, select.POLLIN)
    preload.fill([] if poll.poll(0) else sys.argv[2].split(), fresh)
    worker = workers.Worker(None, preload)
    gc.freeze()
    gc.enable()


def main():
    preload.await_request = fill
    program.prepare_fork(preload, sys.argv[3:])
    program.__name__ = "__main__"
    sys.modules["__main__"] = program
    code = workers.run(program.main)
    worker.finish()
    return code


if __name__ == "__main__":
    code = 1
    try:
        code = main()
    finally:
        exit_now(code)
