"""Puts side by side what each forked process writes to. A reference counted is a write, and the first write to a page of shared memory
copies all of it: a few hundred modules and their names, scattered over the heap as imports leave them, cost that many copies in every
process.

A part of fork-server.py.
"""
import importlib._bootstrap as bootstrap

RESERVED = 1024  # modules
ROUNDS = 48  # of copies, so that the last one no longer fills gaps that other objects left


class ReservedModules(object):
    """While it is entered, imports take their modules from one stretch of memory, as long as that lasts."""

    def __init__(self):
        self.create = getattr(bootstrap, "_new_module", None)
        self.reserve = [type(bootstrap)("") for _ in range(RESERVED)] if self.create else []

    def new_module(self, name):
        if not self.reserve:
            return self.create(name)
        module = self.reserve.pop()
        module.__init__(name)
        return module

    def __enter__(self):
        if self.create:
            bootstrap._new_module = self.new_module

    def __exit__(self, *_):
        if self.create:
            bootstrap._new_module = self.create
        del self.reserve[:]


def copy_names(names):
    """`{name: copy, ...}`"""
    rounds = [[each.encode().decode() for each in names] for _ in range(ROUNDS)]
    return dict(zip(names, rounds[-1]))
