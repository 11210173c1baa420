"""Calls one hook of one Python 2 plugin, in a process of its own. python-shim.py does the same for Python 3.

legacy-launcher.py runs it with the names of two pipes: the request comes from the first, the reply goes to the second. Standard library
only; CPython 2.6 and 2.7, Jython 2.7. Our own `str` values are ASCII.

Text reaches the plugin as `unicode`, keys included, as from every JSON parser of Python 2: no document says what the appliance's own
wrapper gave, cookies go through JSON there too, and a plugin that copes with `unicode` copes with `str`, not the other way round. Only
the names of the arguments are `str`, because Python 2.6 takes no others.
"""
import sys

before = set(sys.modules)

import imp
import json
import os
import types

OWN_FILE = sys._getframe().f_code.co_filename
TAKES_REST, TAKES_KEYWORDS = 0x04, 0x08
MISSING = object()


class Channel(object):
    """The reply."""

    def __init__(self, path):
        self.descriptor = os.open(path, os.O_WRONLY)
        try:
            import fcntl

            fcntl.fcntl(self.descriptor, fcntl.F_SETFD, fcntl.FD_CLOEXEC)
        except (ImportError, AttributeError):
            pass  # Jython, whose children inherit nothing

    def send(self, tag, text):
        data = ("%s %s\n" % (tag, text)).encode("ascii")
        while data:
            data = data[os.write(self.descriptor, data) :]


def read_request(descriptor):
    # With `os`, as for the reply: Jython seeks in what `open` opened, and a pipe refuses that.
    chunks = [os.read(descriptor, 65536)]
    while chunks[-1]:
        chunks.append(os.read(descriptor, 65536))
    os.close(descriptor)
    text = "".join(chunks).decode("utf-8")
    try:
        return json.loads(text)
    except ValueError:  # Jython knows no text with half of a pair; the host sends no other JSON that could be wrong
        import re

        return json.loads(re.sub(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])", r"\\ufffd", text))


def to_json(value):
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def to_text(value):
    """Any value as text; bytes need not be UTF-8."""
    try:
        return unicode(value)
    except UnicodeError:
        return str(value).decode("utf-8", "replace")


def safely(render, value):
    try:
        return to_text(render(value))
    except:
        return u"<%s while rendering>" % name_of(sys.exc_info()[0])


def name_of(kind):
    module = getattr(kind, "__module__", None)
    name = getattr(kind, "__name__", None) or str(kind)
    return name if module in (None, "exceptions", "__builtin__") else "%s.%s" % (module, name)


def prepare(root, entry, environment):
    """Makes everything look as if `python main.py` had been started in the plugin's folder."""
    os.environ.update((name.encode("utf-8"), value.encode("utf-8")) for name, value in environment.items())
    root = root.encode("utf-8")
    sys.path[0] = root
    sys.argv = [os.path.join(root, entry.encode("utf-8"))]
    bundled = set(name.split(".")[0] for name in os.listdir(root))
    for name in set(sys.modules) - before:
        if name.split(".")[0] in bundled:
            del sys.modules[name]


def import_plugin(path):
    name = os.path.basename(path).rpartition(".")[0]
    module = imp.load_source(name, path)
    # If the module replaced itself in sys.modules, the replacement counts, as for any import.
    return getattr(sys.modules.get(name, module), "Plugin", None)


def parameters_of(function):
    """`[[name, has_default], ...]` of what can be passed by name, and whether there is `**kwargs`. A decorator's own signature counts:
    functools.wraps of Python 2 leaves no trace of the function behind it. `inspect` would say the same; in Jython it costs a second."""
    partial = getattr(sys.modules.get("functools"), "partial", ())
    if isinstance(function, partial):
        named, takes_all = parameters_of(function.func)
        given = function.keywords or {}
        return [[name, has_default or name in given] for name, has_default in named[len(function.args) :]], takes_all
    is_bound = isinstance(function, (type, types.ClassType))
    if is_bound:
        function = function.__init__
    elif not isinstance(function, (types.FunctionType, types.MethodType)):
        function = function.__call__
    if isinstance(function, types.MethodType):
        is_bound = is_bound or function.im_self is not None
        function = function.im_func
    code = function.func_code
    names = code.co_varnames[: code.co_argcount]
    first_default = len(names) - len(function.func_defaults or ())
    # A tuple instead of a name (`.1` or `(a, b)`) cannot be passed by name.
    named = [[name, index >= first_default] for index, name in enumerate(names) if name.replace("_", "a").isalnum()]
    return named[1 if is_bound else 0 :], bool(code.co_flags & TAKES_KEYWORDS)


def select_kwargs(function, kwargs):
    """Only what the hook declares; None for what it requires and the product does not know."""
    named, takes_all = parameters_of(function)
    unknown = [name for name, has_default in named if name not in kwargs and not has_default]
    if not takes_all:
        declared = set(name for name, _ in named)
        kwargs = dict((name, value) for name, value in kwargs.items() if name in declared)
    kwargs.update((name, None) for name in unknown)
    return kwargs, unknown


def static_attribute(plugin_class, name):
    """As the class that defines it has it; None when no class does."""
    for each in mro(plugin_class):
        if name in each.__dict__:
            return None if each is object else each.__dict__[name]
    return None


def mro(plugin_class):
    if isinstance(plugin_class, type):
        return plugin_class.__mro__
    return [plugin_class] + [each for base in plugin_class.__bases__ for each in mro(base)]


def takes_nothing(plugin_class):
    """Whether the constructor has no parameter at all."""
    constructor = static_attribute(plugin_class, "__init__")
    if constructor is None:
        return static_attribute(plugin_class, "__new__") is None
    code = getattr(constructor, "func_code", None)
    return code is not None and code.co_argcount == 1 and not code.co_flags & (TAKES_REST | TAKES_KEYWORDS)


def construct(request, plugin_class, channel):
    channel.send("phase", "constructor")
    # The configuration is passed when there is one; without one, a class that takes nothing gets nothing.
    has_text = request["isConfigurationGiven"] or not takes_nothing(plugin_class)
    return plugin_class(request["configuration"]) if has_text else plugin_class()


def call(request, plugin_class, channel):
    plugin = construct(request, plugin_class, channel)
    function = getattr(plugin, request["hook"], None)
    if not callable(function):
        return channel.send("hook-missing", request["hook"])
    kwargs = dict((name.encode("utf-8"), value) for name, value in request["kwargs"].items())
    for name, text in request["cookies"].items():
        kwargs[name.encode("utf-8")] = json.loads(text)
    kwargs, unknown = select_kwargs(function, kwargs)
    channel.send("received", to_json({"kwargs": sorted(kwargs), "unknown": unknown}))
    channel.send("phase", "hook")
    result = function(**kwargs)
    channel.send("phase", "reply")
    reply(result, channel)


def reply(result, channel):
    try:
        text = to_json(result)
        own = result if isinstance(result, dict) else {}
        cookies = [(name, to_json(own[name])) for name in ("cookie", "session_cookie") if name in own]
    except (TypeError, ValueError, RuntimeError):  # the last one when it is nested too deep
        problem = {"problem": safely(lambda each: each, sys.exc_info()[1]), "reply": safely(repr, result)[:4096]}
        return channel.send("not-json", to_json(problem))
    for name, cookie in cookies:
        channel.send(name, cookie)
    channel.send("returned", text)


def send_exception(channel):
    import traceback

    kind, value, frames = sys.exc_info()
    while frames is not None and frames.tb_frame.f_code.co_filename == OWN_FILE:
        frames = frames.tb_next
    lines = safely(lambda each: u"".join(to_text(line) for line in traceback.format_exception(kind, each, frames)), value)
    raised = {"exception": name_of(kind), "message": safely(lambda each: each, value)[:65536], "traceback": lines.rstrip(u"\n")[-262144:]}
    channel.send("raised", to_json(raised))


def main():
    request_path, reply_path = sys.argv[1:]
    descriptor = os.open(request_path, os.O_RDONLY)
    channel = Channel(reply_path)
    os.remove(request_path)
    os.remove(reply_path)
    channel.send("ready", "")
    request = read_request(descriptor)
    prepare(request["root"], request["entry"], request["environment"])
    try:
        channel.send("phase", "import")
        plugin_class = import_plugin(sys.argv[0])
        if plugin_class is None:
            channel.send("class-missing", "Plugin")
        elif request["mode"] == "describe":
            execfile(os.path.join(os.path.dirname(OWN_FILE), "legacy-describe.py"), globals())
            describe(request, plugin_class, channel)
        else:
            call(request, plugin_class, channel)
    except SystemExit:
        raise  # an exit is an exit, with its code
    except:  # Java's exceptions are not BaseException
        send_exception(channel)


if __name__ == "__main__":
    main()
