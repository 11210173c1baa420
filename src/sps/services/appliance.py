"""Puts what the appliance provides into a plugin's process, behind the injection points of the vendor's SDK. Files of the SDK are never changed.

Standard library only, CPython 3.8 to 3.14. python-shim.py loads it as a module without a name; the parts are loaded when they are needed.
"""
import os
import sys

FOLDER = os.path.dirname(__file__)
PARTS = ["sdk-services.py", "memory-cache.py", "memory-cache-file.py", "redis-client.py", "file-overlay.py", "clock-shift.py", "backends.py"]
code = {}
parts = {}


def compile_file(path):
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec")


code_of = globals().get("code_of", compile_file)  # of who loads us


def compile_ahead():
    """For a process that is forked later: compiling takes longer than the rest of a part."""
    for name in PARTS:
        compile_part(name)


def compile_part(name):
    if name not in code:
        code[name] = code_of(FOLDER + "/" + name)
    return code[name]


def part(name):
    """A file beside this one, without a trace in sys.modules."""
    if name not in parts:
        module = parts[name] = type(sys)(name)
        module.__file__ = FOLDER + "/" + name
        module.part, module.__builtins__ = part, __builtins__  # not the ones that the plugin may have changed
        exec(compile_part(name), module.__dict__)
    return parts[name]


class Callable(object):
    """Replaces a built-in function. Like one, and unlike a Python function, it does not become a method when a class holds it."""

    def __init__(self, function, original):
        self.function, self.__wrapped__ = function, original
        self.__name__ = self.__qualname__ = original.__name__
        self.__doc__, self.__module__ = original.__doc__, original.__module__

    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)

    def __repr__(self):
        return repr(self.__wrapped__)


def when(watch, name, change):
    """`change(module)` now if the module is loaded already, else as soon as it is."""
    if name in sys.modules:
        change(sys.modules[name])
    else:
        watch.after(name, change)


def install(data, watch, tell):
    if data["files"]:
        part("file-overlay.py").install(data["files"], watch, when, Callable)
    if data["faults"].get("clockMs"):
        part("clock-shift.py").install(data["faults"]["clockMs"], watch, when, Callable)
    if data["services"].get("hosts") is not None:
        when(watch, "socket", lambda socket: resolve(socket, data["services"]["hosts"]))
    if data.get("backends"):
        part("backends.py").install(data["backends"], tell, watch, when, Callable)
    part("sdk-services.py").install(data, watch)


def resolve(socket, hosts):
    """What the SDK's HostResolver calls; a plugin that calls it directly gets the same answer."""

    def look_up(address):
        names = hosts.get(address)
        if not names:
            raise socket.herror(1, "Unknown host")
        return names[0], list(names[1:]), [address]

    socket.gethostbyaddr = Callable(look_up, socket.gethostbyaddr)
