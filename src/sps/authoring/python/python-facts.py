"""Says what a Python has, as one line of JSON on descriptor 4. Argument: a distribution whose requirements to list.

Runs on any Python from 2.7 on, so that a Python that is too old can say so.
"""
import json
import os
import sys


def has(name):
    try:
        from importlib.util import find_spec
    except ImportError:
        return False
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def works(name):
    """For modules with a native part that may be missing: the file of the module alone proves little."""
    try:
        __import__(name)
    except ImportError:
        return False
    return True


def distributions():
    try:
        from importlib import metadata
    except ImportError:  # before 3.8
        return {}, None
    versions, requirements = {}, None
    for each in metadata.distributions():
        name = each.metadata["Name"]
        if not name or name in versions:  # the first one on the path is imported
            continue
        versions[name] = each.version
        if name.lower().replace("_", "-") == sys.argv[1]:
            requirements = each.requires or []
    return versions, requirements


packages, requirements = distributions()
facts = {
    "version": ".".join(str(number) for number in sys.version_info[:3]),
    "executable": sys.executable,
    # Of a virtual environment the interpreter that it was made with, without links.
    "base": os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable),
    "packages": packages,
    "requirements": requirements,
    "hasVenv": has("venv") and has("ensurepip"),
    "hasPip": has("pip"),
    "hasSqlite": works("sqlite3"),
    "hasSsl": works("ssl"),
    "hasDebugpy": has("debugpy"),
}
os.write(4, (json.dumps(facts) + "\n").encode("utf-8"))
