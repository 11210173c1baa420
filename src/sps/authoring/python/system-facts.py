"""Says what this system can do for the host, as one line of JSON on descriptor 4. Run by the supervisor's Python, standard library only."""
import json
import os
import sys
import tempfile

try:
    import ctypes
except ImportError:
    ctypes = None
try:
    import resource
except ImportError:
    resource = None

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
MIB = 1024 * 1024


def prctl(option, value):
    return ctypes is not None and sys.platform == "linux" and ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0


def enforced(limit, value, attempt):
    """Whether this limit is enforced: a process cannot exceed it."""
    if not hasattr(resource, limit):
        return False
    pid = os.fork()
    if pid == 0:
        try:
            resource.setrlimit(getattr(resource, limit), (value, value))
        except (OSError, ValueError):
            os._exit(0)
        try:
            attempt()
        except (MemoryError, OSError):
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] != 0


def write_file():
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * MIB)


facts = {
    "version": ".".join(str(number) for number in sys.version_info[:3]),
    "executable": sys.executable,
    "isSubreaper": prctl(PR_SET_CHILD_SUBREAPER, 1),
    "hasParentDeathSignal": prctl(PR_SET_PDEATHSIG, 0),
    "limits": {
        "memory": enforced("RLIMIT_DATA", 64 * MIB, lambda: bytearray(256 * MIB)),
        "processes": os.path.isdir("/proc/self/task"),  # the supervisor counts them
        "openFiles": enforced("RLIMIT_NOFILE", 16, lambda: [os.open(os.devnull, os.O_RDONLY) for _ in range(32)]),
        "fileSize": enforced("RLIMIT_FSIZE", 1024, write_file),
    },
}
os.write(4, (json.dumps(facts) + "\n").encode("utf-8"))
