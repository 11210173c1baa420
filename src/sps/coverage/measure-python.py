"""Says which lines of Python files are statements, as coverage.py counts them with the settings of the plugin (.coveragerc, setup.cfg, tox.ini,
pyproject.toml in the current folder), and which of these were run.

`measure-python.py REQUEST OUTPUT`: a file with {name: lines that were run}, and one that may be written. Answers on descriptor 4, a line of JSON
for each file: {"file", "covered", "missing"}; in place of all of them {"absent", "python", "canInstall"} or {"problem"}.
"""
import json
import os
import sys


def tell(word):
    data = (json.dumps(word) + "\n").encode("ascii")
    while data:
        data = data[os.write(4, data) :]


def interpreter():
    """Which interpreter it is, and whether its pip installs only for it."""
    import importlib.util
    import sysconfig

    mark = os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")
    is_managed = sys.prefix == sys.base_prefix and os.path.exists(mark)
    return {"python": sys.executable, "canInstall": not is_managed and importlib.util.find_spec("pip") is not None}


def measure(coverage, reached, output):
    measured = coverage.Coverage(data_file=None, branch=False)
    measured.get_data().add_lines({os.path.abspath(name): dict.fromkeys(lines) for name, lines in reached.items()})
    omit = [pattern for option in ("run:omit", "report:omit") for pattern in measured.get_option(option) or ()]
    measured.json_report(outfile=output, omit=omit or None, ignore_errors=True)
    with open(output, encoding="utf-8") as file:
        files = json.load(file)["files"]
    for name, each in files.items():
        tell({"file": name, "covered": each["executed_lines"], "missing": each["missing_lines"]})


def main(request, output):
    del sys.path[0]  # our own folder
    try:
        import coverage
    except ImportError as error:
        return tell(dict(interpreter(), absent=str(error)))
    with open(request, encoding="utf-8") as file:
        reached = json.load(file)
    try:
        measure(coverage, reached, output)
    except Exception as error:
        tell({"problem": "%s: %s" % (type(error).__name__, error)})


if __name__ == "__main__":
    main(*sys.argv[1:])
