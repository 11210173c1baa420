"""Runs a plugin once a debugger has attached: debugged-plugin.py PORT PLUGIN. The first line on standard error is for the host."""
import os
import runpy
import sys

port, plugin = int(sys.argv[1]), sys.argv[2]
del sys.path[0]  # our own folder
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else it warns about modules that are part of the interpreter
try:
    import debugpy
except ImportError as error:
    sys.exit("Debugger missing in %s: %s" % (sys.executable, error))
try:
    host, port = debugpy.listen(("127.0.0.1", port))
except Exception as error:  # debugpy raises several kinds
    sys.exit("Debugger refused: %s" % error)
print("Debugger listening on %s:%d" % (host, port), file=sys.stderr, flush=True)
debugpy.wait_for_client()
del os.environ["PYDEVD_DISABLE_FILE_VALIDATION"]
sys.argv[:] = [plugin]
sys.path.insert(0, os.path.dirname(plugin))
runpy.run_path(plugin, run_name="__main__")
