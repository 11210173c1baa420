"""What an interpreter has compiled and found out, kept for its next start: the code of our files, and the modules that are imported ahead, with
their code and how they import each other. Two files for each interpreter and environment, in a folder that only the user can write to. What does not
fit any more is found out again. Standard library only, CPython 3.8 or newer, and only what every start has.
"""
import marshal
import os
import sys

# What a file of ours needs that is loaded late: the plugin may have replaced them by then.
from builtins import OSError, compile, open
from os import stat

FORMAT = 1
MOST_KEPT = 16  # files
HEAD = 8  # bytes: the length of the index


def stamp_of(path):
    """Differs when a file has changed, or a folder has other entries; None when there is none."""
    try:
        found = stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def identify():
    return FORMAT, sys.version, sys.executable, sys.prefix, sys.flags.optimize, sys.path[1:]


class Kept(object):
    """`path`: of the files, without the ending; empty: nothing is kept."""

    stamp_of = staticmethod(stamp_of)

    def __init__(self, path):
        self.path = path
        self.code = self.read(".own")[0] or {}
        self.has_new = False

    def code_of(self, path):
        """Of a file of ours."""
        stamp = stamp_of(path)
        if self.code.get(path, (None,))[0] != stamp:
            with open(path, "rb") as file:
                self.code[path] = stamp, compile(file.read(), path, "exec")
            self.has_new = True
        return self.code[path][1]

    def load(self, path, **names):
        """A file of ours, without a trace in sys.modules; `names` are known in it."""
        module = type(sys)(os.path.basename(path))
        vars(module).update(names, __file__=path, code_of=self.code_of)
        exec(self.code_of(path), vars(module))
        return module

    def save(self):
        """The code of our files, if there is more than before."""
        if self.has_new:
            self.has_new = False
            self.write(".own", self.code)

    def read(self, ending):
        """What was kept for this interpreter, and the file, from which parts can be read; None twice when there is nothing."""
        if not self.path:
            return None, None
        try:
            descriptor = os.open(self.path + ending, os.O_RDONLY)
        except OSError:
            return None, None
        try:
            length = int.from_bytes(os.read(descriptor, HEAD), "little")
            identity, content = marshal.loads(os.read(descriptor, length))
            if identity == identify():
                return content, descriptor
        except (EOFError, ValueError, TypeError, OSError):
            pass  # damaged
        os.close(descriptor)
        return None, None

    def write(self, ending, content, parts=()):
        """It is only slower without."""
        if not self.path:
            return
        index = marshal.dumps((identify(), content))
        draft = "%s.%d.new" % (self.path, os.getpid())
        try:
            with open(draft, "wb") as file:
                file.write(len(index).to_bytes(HEAD, "little") + index)
                file.writelines(parts)
            os.replace(draft, self.path + ending)
            self.prune()
        except OSError:
            pass

    def prune(self):
        """Of interpreters and environments only the latest."""
        folder = os.path.dirname(self.path)
        files = [entry for entry in os.scandir(folder) if entry.name.endswith((".own", ".modules"))]
        for each in sorted(files, key=lambda entry: entry.stat().st_mtime)[:-MOST_KEPT]:
            os.unlink(each.path)
