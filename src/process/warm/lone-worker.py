"""Runs a forkable program (see forkable.md) once, in this process: modules that its work will import are imported while it waits for its request.

`lone-worker.py PROGRAM NAMES WORD...`, below a supervisor that forked it (supervised.py, which executes it in a namespace with `kept` and
`supervision`): names of modules with blanks between; the words are those of the program. Descriptors as those of a worker. What the work finds is
what a worker finds.
"""
import os
import sys

exit_now = os._exit


def beside(name, **names):
    return kept.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), **names)


# First, as in fork-server.py.
program = kept.load(sys.argv[1])
import importlib.machinery

fresh = set(sys.modules)

import gc

workers = beside("fork-worker.py", program=program, fresh=fresh, limits=None, supervision=None)
preload = beside("preload.py").Preload()
worker = workers.Worker(None, preload)


def fill():
    """While the program waits for its request."""
    global worker
    gc.disable()  # all of it stays
    modules = beside("kept-modules.py", beside=beside).KeptModules(kept)
    is_late = not kept.path and supervision.is_readable(3)  # recording imports would only take longer than the work's own
    preload.fill([] if is_late else sys.argv[2].split(), fresh, modules)
    modules.close()
    kept.save()
    worker = workers.Worker(None, preload)
    gc.freeze()
    gc.enable()


def main():
    code = 1
    try:
        preload.await_request = fill
        program.prepare_fork(preload, sys.argv[3:])
        program.__name__ = "__main__"
        sys.modules["__main__"] = program
        code = workers.run(program.main)
        worker.finish()
    finally:
        exit_now(code)
