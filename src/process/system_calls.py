"""What a supervisor asks the system that no module of Python's offers. Linux only: elsewhere, and with a Python that lacks `_ctypes`, nothing is done."""
import os
import sys

CLONE_NEWUTS = 0x04000000

functions = {}  # by name: how to call it, and where it is


def call_system(name, *numbers):
    """A function of the C library, which takes and gives numbers; -1 when it cannot be called. Without the whole of ctypes, whose import takes a fifth
    of a supervisor's start."""
    try:
        if name not in functions and sys.platform == "linux":
            import _ctypes

            functions[name] = _ctypes.call_function, _ctypes.dlsym(_ctypes.dlopen(None, 0), name)
        call, address = functions[name]
        return call(address, numbers)
    except (ImportError, AttributeError, OSError, KeyError):
        return -1


def prctl(option, value):
    """Without it a process that leaves the process group may survive."""
    call_system("prctl", option, value, 0, 0, 0)


def mark():
    """Gives us and everything below us a name space of our own, with the same names in it. With it the host finds what a supervisor left that
    was killed: no process leaves it without a privilege. Empty if we lack that privilege ourselves."""
    try:
        return os.readlink("/proc/self/ns/uts") if call_system("unshare", CLONE_NEWUTS) == 0 else ""
    except OSError:
        return ""
