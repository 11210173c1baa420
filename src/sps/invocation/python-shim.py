"""Calls one hook of one Python plugin, in a process of its own.
The request is JSON on descriptor 3, the reply goes line by line to descriptor 4: `TAG TEXT`, the last line is one of those
that end a call (see protocol.ts, which describes both). The plugin gets descriptors 0, 1 and 2 and cannot reach ours by
printing. Standard library only, CPython 3.8 to 3.14; the syntax is older so that an older Python can say that it is too old.
"""
import sys

before = set(sys.modules)

import fcntl
import os

try:
    # What the json package is made of in CPython; itself it imports `re` and others, 8 ms, and the plugin would find them there.
    from _json import encode_basestring_ascii, make_encoder, make_scanner

    make_encoder({}, None, encode_basestring_ascii, None, ":", ",", False, False, False)
except (ImportError, TypeError):  # another interpreter, or one that changed them
    import json

    make_scanner = None

added = set(sys.modules) - before  # in a forked process that is all, and counting hundreds of references takes its time there
CHANNEL = 100
MISSING = object()
loaded = {}  # files of ours, by path
preload = None  # what a fork server holds ready
OWN_FILES = (__file__, "<frozen importlib._bootstrap_external>", "<frozen importlib._bootstrap>")


class Channel(object):
    """The reply, on a descriptor that children of the plugin do not inherit."""

    def __init__(self):
        # High up, where a plugin that closes low ones and opens files does not come.
        self.descriptor = fcntl.fcntl(4, fcntl.F_DUPFD_CLOEXEC, CHANNEL)
        os.close(4)

    def send(self, *words):
        """Tag, text, tag, text …; what goes together wakes the host once."""
        data = ("%s %s\n" * (len(words) // 2) % words).encode("ascii")
        while data:
            data = data[os.write(self.descriptor, data) :]


def read_request():
    with os.fdopen(3, "rb") as file:
        return from_json(file.readline().decode("utf-8"))


def refuse(value):
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


class ScannerOptions(object):
    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, refuse


def to_json(value):
    """As `json.dumps` without NaN."""
    if make_scanner is None:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    encode = make_encoder({}, refuse, encode_basestring_ascii, None, ":", ",", False, False, False)
    return "".join(encode(value, 0))


def from_json(text):
    return make_scanner(ScannerOptions)(text.strip(" \t\r\n"), 0)[0] if make_scanner else json.loads(text)


def load(path):
    """A file of ours, without a trace in sys.modules."""
    if path not in loaded:
        module = loaded[path] = type(sys)(os.path.basename(path))
        module.__file__ = path
        with open(path, "rb") as file:
            exec(compile(file.read(), path, "exec"), module.__dict__)
    return loaded[path]


def own(name):
    """A file beside this one."""
    return load(os.path.join(os.path.dirname(__file__), name))


class SdkTrigger(object):
    """First of the finders until the SDK is imported; a plugin without it pays for nothing that only the SDK needs."""

    def __init__(self, appliance):
        self.appliance = appliance

    def find_spec(self, name, path=None, target=None):
        if name == "safeguard":
            sys.meta_path.remove(self)
            provide(self.appliance)


def provide(appliance):
    watch = preload
    if watch is None:
        watch = own("import-watch.py").ImportWatch()
        sys.meta_path.insert(0, watch)
    load(appliance["module"]).install(appliance["data"], watch)


def prepare(root, entry, environment):
    """What `python3 main.py` in the plugin's folder would see, had we not been here."""
    os.chdir(root)
    for name, value in environment.items():
        os.environ[name] = value  # `update` asks an abstract class first, which takes ten times as long
    sys.path[0] = root
    sys.argv = [os.path.join(root, entry)]
    bundled = {name.split(".")[0] for name in os.listdir(root)}
    for name in set(sys.modules) - before if preload is None else added:
        if name.split(".")[0] in bundled:
            del sys.modules[name]
    return preload is None or preload.shadow(bundled)


def import_plugin(root, entry):
    from importlib.machinery import ModuleSpec, SourceFileLoader

    name = entry.rpartition(".")[0] or entry
    path = os.path.join(root, entry)
    spec = ModuleSpec(name, SourceFileLoader(name, path), origin=path)
    spec.has_location = True
    module = type(sys)(name)
    module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, path
    module.__cached__ = spec.cached
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # What the module put into sys.modules in its own place counts, as for any import.
    return getattr(sys.modules[name], "Plugin", MISSING)


def plain_function(function):
    """The function behind a method when its parameters can be read without `inspect`, whose import costs 8 ms."""
    function = getattr(function, "__func__", function)
    disguised = hasattr(function, "__wrapped__") or hasattr(function, "__signature__")
    return function if type(function) is type(plain_function) and not disguised else None


def parameters_of(function):
    """`[[name, has_default], ...]` of what can be passed by name, and whether there is `**kwargs`."""
    plain = plain_function(function)
    if plain is not None and not getattr(plain.__code__, "co_posonlyargcount", 0):
        code = plain.__code__
        positional = list(code.co_varnames[: code.co_argcount])
        keyword_only = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        first_default = len(positional) - len(plain.__defaults__ or ())
        named = [[name, index >= first_default] for index, name in enumerate(positional)]
        if getattr(function, "__self__", None) is not None:
            named = named[1:]
        named += [[name, name in (plain.__kwdefaults__ or {})] for name in keyword_only]
        return named, bool(code.co_flags & 0x08)
    return own("python-describe.py").signature_of(function)


def select_kwargs(function, kwargs):
    """Only what the hook declares; None for what it demands and the product does not know."""
    named, takes_all = parameters_of(function)
    unknown = [name for name, has_default in named if name not in kwargs and not has_default]
    if not takes_all:
        declared = {name for name, _ in named}
        kwargs = {name: value for name, value in kwargs.items() if name in declared}
    kwargs.update((name, None) for name in unknown)
    return kwargs, unknown


def takes_nothing(plugin_class):
    """Whether the constructor has no parameter at all."""
    constructor = getattr(plugin_class, "__init__", None)
    if constructor is object.__init__:
        return plugin_class.__new__ is object.__new__
    plain = plain_function(constructor)
    if plain is not None:
        code = plain.__code__
        return code.co_argcount + code.co_kwonlyargcount == 1 and not code.co_flags & 0x0C
    return own("python-describe.py").takes_nothing(plugin_class)


def call(request, plugin_class, channel):
    channel.send("phase", "constructor")
    # The configuration is passed when there is one; without one, a class that takes nothing gets nothing.
    has_text = request["isConfigurationGiven"] or not takes_nothing(plugin_class)
    plugin = plugin_class(request["configuration"]) if has_text else plugin_class()
    function = getattr(plugin, request["hook"], None)
    if not callable(function):
        return channel.send("hook-missing", request["hook"])
    kwargs = request["kwargs"]
    for name, text in request["cookies"].items():
        kwargs[name] = from_json(text)
    kwargs, unknown = select_kwargs(function, kwargs)
    channel.send("received", to_json({"kwargs": list(kwargs), "unknown": unknown}), "phase", "hook")
    if request["debug"] and request["debug"]["isBreaking"]:
        function = own("python-debugger.py").stopping_in(function, channel)
    result = function(**kwargs)
    channel.send("phase", "reply")
    reply(result, channel)


def reply(result, channel):
    try:
        text = to_json(result)
        own = result if isinstance(result, dict) else {}
        cookies = [word for name in ("cookie", "session_cookie") if name in own for word in (name, to_json(own[name]))]
    except (TypeError, ValueError, RecursionError) as error:
        return channel.send("not-json", to_json({"problem": str(error), "reply": safely(repr, result)[:4096]}))
    channel.send(*(cookies + ["returned", text]))


def safely(render, value):
    try:
        return render(value)
    except BaseException as error:
        return "<%s while rendering>" % type(error).__name__


def main():
    channel = Channel()
    if sys.version_info < (3, 8):
        channel.send("too-old", "%d.%d" % sys.version_info[:2])
        return
    channel.send("ready", "")
    request = read_request()
    if request["debug"]:
        own("python-debugger.py").start(request, channel, sys.modules[__name__])
    if not prepare(request["root"], request["entry"], request["environment"]):
        return channel.send("shadowed", "")
    appliance = request["appliance"]
    try:
        if appliance is not None and appliance["isEager"]:
            provide(appliance)
        elif appliance is not None:
            sys.meta_path.insert(0, SdkTrigger(appliance))
        channel.send("phase", "import")
        plugin_class = import_plugin(request["root"], request["entry"])
        if plugin_class is MISSING:
            channel.send("class-missing", "Plugin")
        elif request["mode"] == "describe":
            own("python-describe.py").describe(request, plugin_class, channel, sys.modules[__name__])
        else:
            call(request, plugin_class, channel)
    except SystemExit:
        raise  # an exit is an exit, with its code
    except BaseException as error:
        own("python-raised.py").send_exception(error, channel, sys.modules[__name__])


if __name__ == "__main__":
    main()
