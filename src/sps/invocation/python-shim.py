"""Calls one hook of one Python plugin, in a process of its own. The request is JSON on descriptor 3, the reply goes line by line to
descriptor 4: `TAG TEXT`, the last line is one of those that end a call (see protocol.ts). The plugin gets descriptors 0, 1 and 2 alone.
Standard library only, CPython 3.8 to 3.14; the syntax is older so that an older Python can say that it is too old.
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

added = set(sys.modules) - before  # all of them in a forked process, where it would take long to look
CHANNEL = 100  # high up, where a plugin that closes low ones and opens files does not come
MISSING, loaded = object(), {}  # files of ours, by path
preload = None  # what a fork server holds ready
OWN_FILES = (__file__, "<frozen importlib._bootstrap_external>", "<frozen importlib._bootstrap>")


class Channel(object):
    """The reply, on a descriptor that children of the plugin do not inherit."""

    def __init__(self):
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
    return "".join(make_encoder({}, refuse, encode_basestring_ascii, None, ":", ",", False, False, False)(value, 0))


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
    watch = preload or own("import-watch.py").ImportWatch()
    if watch is not preload:
        sys.meta_path.insert(0, watch)
    load(appliance["module"]).install(appliance["data"], watch)


def prepare(root, entry, environment):
    """What `python3 main.py` in the plugin's folder would see, had we not been here."""
    os.chdir(root)
    for each in environment.items():
        os.environ.__setitem__(*each)  # `update` takes ten times as long
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
        named = named[getattr(function, "__self__", None) is not None :]  # without the instance
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
    code = getattr(plain_function(constructor), "__code__", None)
    if code is not None:
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
    default = getattr(plugin_class, "do_" + request["hook"], None)  # of the SDK, where the plugin defines none
    if result is None and request["isVerdictDue"] or str(getattr(default, "__module__", "")).startswith("safeguard."):
        own("python-doubts.py").tell(request, plugin_class, function, result, channel, sys.modules[__name__])
    reply(result, channel)


def reply(result, channel):
    begun = ("phase", "reply")
    if not is_plain(result):  # its own code may run while it is written, or it takes its time
        begun = channel.send(*begun) or ()
    try:
        text = to_json(result)
        mapping = result if isinstance(result, dict) else {}
        cookies = [word for name in ("cookie", "session_cookie") if name in mapping for word in (name, to_json(mapping[name]))]
    except (TypeError, ValueError, RecursionError) as error:
        return own("python-raised.py").send_not_json(error, result, channel, begun, sys.modules[__name__])
    channel.send(*begun + tuple(cookies) + ("returned", text))


def is_plain(value, depth=8):
    """Of the types of JSON alone, and small."""
    if type(value) in (dict, list):
        return depth > 0 and len(value) < 64 and all(is_plain(each, depth - 1) for each in getattr(value, "values", value.__iter__)())
    return value is None or type(value) in (bool, int, float) or type(value) is str and len(value) < 4096


def main():
    channel = Channel()
    if sys.version_info < (3, 8):
        return channel.send("too-old", "%d.%d" % sys.version_info[:2])
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
            own("python-describe.py").tell_classes(request["entry"], channel, sys.modules[__name__])
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
