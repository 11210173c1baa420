"""Calls one hook of one Python plugin, in a process of its own. The request is JSON on descriptor 3. The reply goes line by line to
descriptor 4: `TAG TEXT`, the last line is one of those that end a call (see protocol.ts). The plugin gets descriptors 0, 1 and 2 alone.
Standard library only, CPython 3.8 to 3.14; the syntax is older, so that an older Python can say that it is too old. A plugin may replace
built-in functions, functions of `os`, and modules: what is needed here after it was imported is taken before.
"""
import os
import sys

if sys.version_info < (3, 8):  # before anything that an older Python lacks
    os.write(4, ("too-old %d.%d\n" % sys.version_info[:2]).encode("ascii"))
    sys.exit()

__builtins__ = dict(getattr(__builtins__, "__dict__", __builtins__))  # a module in __main__
before = set(sys.modules)

import fcntl
from _thread import get_ident
from os import close, getpid, write

try:
    import _signal
    import faulthandler

    del sys.modules["faulthandler"]
    INQUIRY = _signal.SIGRTMAX - 1  # as in supervision.py
except (ImportError, AttributeError):
    faulthandler = None

if "faulthandler" not in before:
    sys.modules.pop("faulthandler", None)
print_exception = sys.__excepthook__
preload = None  # what a fork server holds ready
MISSING, loaded = object(), {}  # our files, by path
OWN_FILES = (__file__, "<frozen importlib._bootstrap_external>", "<frozen importlib._bootstrap>")
FOLDER = os.path.dirname(os.path.abspath(__file__))
Module = type(sys)


class Channel(object):
    """The reply, on a descriptor that children of the plugin do not inherit; forked copies close it."""

    def __init__(self, lowest=100):
        channel = None
        while channel is None and lowest:  # a high number, which the plugin's files do not reach; lower where only few may be open
            try:
                channel = fcntl.fcntl(4, fcntl.F_DUPFD_CLOEXEC, lowest)
            except OSError:
                lowest //= 2
        self.descriptor, self.owner = channel, getpid()
        close(4)

    def send(self, *words):
        """Tag, text, tag, text, and so on; what is sent together wakes the host once."""
        data = ("%s %s\n" * (len(words) // 2) % words).encode("ascii")
        while data and getpid() == self.owner:
            data = data[write(self.descriptor, data) :]

    def listen(self):
        """From now on the interpreter tells here where its threads are: when it is asked, and at a fatal signal."""
        if faulthandler is not None:
            faulthandler.register(INQUIRY, self.descriptor, True, False)
            if not faulthandler.is_enabled():  # if it is enabled, the user wants it in the log
                faulthandler.enable(self.descriptor)
        os.register_at_fork(after_in_child=self.leave)

    def leave(self):
        """In a forked child, and in its children again."""
        descriptor, self.descriptor = self.descriptor, None
        if descriptor is None:
            return
        if faulthandler is not None:
            faulthandler.unregister(INQUIRY)
            faulthandler.disable()
        try:
            close(descriptor)
        except OSError:
            pass  # the plugin has done so itself


def read_request():
    with os.fdopen(3, "rb") as file:
        return from_json(file.readline().decode("utf-8"))


def compile_file(path):
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec")


code_of = globals().get("code_of", compile_file)  # who runs us ahead may have kept it


def load(path, **names):
    """A file of ours, without a trace in sys.modules; `names` are known in it."""
    if path not in loaded:
        module = loaded[path] = Module(path.rpartition("/")[2])
        vars(module).update(names, __file__=path, __builtins__=__builtins__, code_of=code_of)
        exec(code_of(path), vars(module))
    return loaded[path]


def own(name):
    """A file beside this one."""
    return load(FOLDER + "/" + name)


parameters = load(FOLDER + "/python-parameters.py", own=own)
to_json, from_json = own("python-json.py").to_json, own("python-json.py").from_json
added = set(sys.modules) - before  # all of them in a forked process, where comparing would take long


def prepare_fork(preloaded, files):
    """Before this process is forked for a call, see process/warm/forkable.md: what a call would have to compile is compiled now."""
    global preload
    preload = preloaded
    own("import-watch.py"), own("python-doubts.py")
    for file in files:
        load(file).compile_ahead()


class SdkTrigger(object):
    """The first finder until the SDK is imported; a plugin without the SDK does not pay for what only the SDK needs."""

    def __init__(self, *appliance):
        self.appliance = appliance

    def find_spec(self, name, path=None, target=None):
        if name == "safeguard":
            sys.meta_path.remove(self)
            provide(*self.appliance)


def provide(appliance, channel):
    watch = own("import-watch.py").ImportWatch()
    sys.meta_path.insert(0, watch)
    if preload is not None:
        preload.on_return = watch.tell
    load(appliance["module"]).install(appliance["data"], watch, lambda word: channel.send("connection", to_json(word)))


def prepare(root, entry, environment):
    """Makes everything look as if `python3 main.py` had been started in the plugin's folder."""
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
    module, modules = Module(name), sys.modules
    module.__spec__, module.__loader__, module.__file__ = spec, spec.loader, path
    module.__cached__ = spec.cached
    modules[name] = module
    spec.loader.exec_module(module)
    # If the module replaced itself in sys.modules, the replacement counts, as for any import.
    return getattr(modules.get(name, module), "Plugin", MISSING)


def call(request, plugin_class, channel, shim):
    channel.send("phase", "constructor")
    # The configuration is passed when there is one; without one, a class that takes nothing gets nothing.
    has_text = request["isConfigurationGiven"] or not parameters.takes_nothing(plugin_class)
    plugin = plugin_class(request["configuration"]) if has_text else plugin_class()
    function = getattr(plugin, request["hook"], None)
    if not callable(function):
        return channel.send("hook-missing", request["hook"])
    kwargs = request["kwargs"]
    for name, text in request["cookies"].items():
        kwargs[name] = from_json(text)
    kwargs, unknown = parameters.select_kwargs(function, kwargs)
    channel.send("received", to_json({"kwargs": list(kwargs), "unknown": unknown}), "phase", "hook")
    if request["debug"]:
        function = own(request["debug"]["module"]).watching(function, request["debug"]["isBreaking"], channel, shim)
    result = function(**kwargs)
    default = getattr(plugin_class, "do_" + request["hook"], None)  # the SDK's method, if the plugin defines none
    if result is None and request["isVerdictDue"] or str(getattr(default, "__module__", "")).startswith("safeguard."):
        own("python-doubts.py").tell(request, plugin_class, function, result, channel, shim)
    reply(result, channel)


def reply(result, channel):
    begun = ("phase", "reply")
    if not is_plain(result):  # code of the plugin may run while it is written, or writing takes long
        begun = channel.send(*begun) or ()
    try:
        text = to_json(result)
        mapping = result if isinstance(result, dict) else {}
        cookies = [word for name in ("cookie", "session_cookie") if name in mapping for word in (name, to_json(mapping[name]))]
    except (TypeError, ValueError, RecursionError) as error:
        return own("python-raised.py").send_not_json(error, result, channel, begun, to_json)
    channel.send(*begun + tuple(cookies) + ("returned", text))


def is_plain(value, depth=8):
    """Consists only of JSON types, and is small."""
    if type(value) in (dict, list):
        return depth > 0 and len(value) < 64 and all(is_plain(each, depth - 1) for each in getattr(value, "values", value.__iter__)())
    return value is None or type(value) in (bool, int, float) or type(value) is str and len(value) < 4096


def main():
    channel = Channel()
    channel.listen()
    channel.send("ready", "")
    if preload is not None:
        preload.await_request()
    request, shim = read_request(), sys.modules[__name__]
    if request["debug"]:
        own(request["debug"]["module"]).start(request, channel, shim)
    describer = own("python-describe.py") if request["mode"] == "describe" else None
    if not prepare(request["root"], request["entry"], request["environment"]):
        return channel.send("shadowed", "")
    appliance = request["appliance"]
    try:
        if appliance is not None and appliance["isEager"]:
            provide(appliance, channel)
        elif appliance is not None:
            sys.meta_path.insert(0, SdkTrigger(appliance, channel))
        if request.get("coverage"):
            own("python-coverage.py").start(request["coverage"], request["root"], shim)
        channel.send("phase", "import")
        plugin_class = import_plugin(request["root"], request["entry"])
        if plugin_class is MISSING:
            own("python-describe.py").tell_classes(request["entry"], channel, shim)
        elif describer is not None:
            describer.describe(request, plugin_class, channel, shim)
        else:
            call(request, plugin_class, channel, shim)
    except SystemExit as error:
        own("python-raised.py").send_exit(error, channel, shim)
        raise  # an exit is an exit, with its code
    except BaseException as error:
        own("python-raised.py").send_exception(error, channel, shim)


if __name__ == "__main__":
    # From a frame with other globals: up to Python 3.9 a function has the built-ins of who calls it where both are of one module.
    eval(compile("main()", __file__, "eval"), {"main": main})
