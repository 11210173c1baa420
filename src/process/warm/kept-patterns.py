"""Regular expressions that modules compile while they are imported: what the compiler of `re` makes of them is kept, because making it takes a tenth of an
import. It depends on nothing but the text, the flags and the interpreter. A part of kept-modules.py.
"""
import sys

NAMES = ("re._compiler", "sre_compile")  # from Python 3.11 on, and before


def find_compiler():
    """None in an interpreter that works in another way."""
    module = next((sys.modules[name] for name in NAMES if name in sys.modules), None)
    return module if hasattr(module, "compile") and hasattr(module, "_sre") else None


class Recording(object):
    """In the place of `_sre` in the compiler."""

    def __init__(self, original, patterns):
        self.original, self.patterns = original, patterns
        self.asked = None

    def __getattr__(self, name):
        return getattr(self.original, name)

    def compile(self, pattern, flags, code, groups, groupindex, indexgroup):
        if self.asked is not None:
            self.patterns[self.asked] = int(flags), [int(each) for each in code], groups, dict(groupindex), indexgroup
        return self.original.compile(pattern, flags, code, groups, groupindex, indexgroup)


class KeptPatterns(object):
    """While modules are imported; `patterns` by text and flags, to which others are added."""

    def __init__(self, patterns):
        self.patterns = patterns

    def __enter__(self):
        import re  # noqa: F401

        self.module = find_compiler()
        if self.module is not None:
            self.original = self.module.compile, self.module._sre
            self.recording = self.module._sre = Recording(self.module._sre, self.patterns)
            self.module.compile = self.compile
        return self

    def __exit__(self, *_):
        if self.module is not None:
            self.module.compile, self.module._sre = self.original

    def compile(self, pattern, flags=0):
        compile_anew, machine = self.original
        key = (pattern, int(flags)) if type(pattern) in (str, bytes) else None
        if key in self.patterns:
            return machine.compile(pattern, *self.patterns[key])
        self.recording.asked = key
        try:
            return compile_anew(pattern, flags)
        finally:
            self.recording.asked = None
