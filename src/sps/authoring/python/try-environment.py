"""Tests what an environment is for. One line of JSON on descriptor 4: what failed, by name; null where nothing did.

Arguments: names of modules to import; `pluginv` lists the tasks of the SDK's tool, `pytest` runs a test. Nothing is constructed.
"""
import contextlib
import importlib
import io
import json
import os
import subprocess
import sys
import tempfile


class Failed(Exception):
    pass


def run(*command):
    done = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
        raise Failed(lines[-1] if lines else "exit code %d" % done.returncode)


def try_pluginv():
    run(os.path.join(os.path.dirname(sys.executable), "pluginv"), "--list")


def try_pytest():
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "test_one.py")
        with open(name, "w") as file:
            file.write("def test_one(tmp_path):\n    assert str(tmp_path) != ''\n")
        run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder, name)


def problem_of(name):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            {"pluginv": try_pluginv, "pytest": try_pytest}.get(name, lambda: importlib.import_module(name))()
    except Failed as error:
        return str(error)
    except (Exception, SystemExit) as error:
        return "%s: %s" % (type(error).__name__, error)
    return None


sys.dont_write_bytecode = False  # so that the first call need not compile
answer = {name: problem_of(name) for name in sys.argv[1:]}
os.write(4, (json.dumps(answer) + "\n").encode("utf-8"))
