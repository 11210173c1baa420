"""What `inspect` is needed for, whose import costs 8 ms: parameters that are not plain, and the description of a class."""
import inspect
import sys


def signature_of(function):
    """`[[name, has_default], ...]` of what can be passed by name, and whether there is `**kwargs`."""
    named, takes_all = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            takes_all = True
        elif parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            named.append([parameter.name, parameter.default is not parameter.empty])
    return named, takes_all


def takes_nothing(plugin_class):
    try:
        return not inspect.signature(plugin_class).parameters
    except (TypeError, ValueError):
        return False


def takes_text(plugin_class):
    """Whether it can be constructed with the configuration text alone."""
    try:
        signature = inspect.signature(plugin_class)
    except (TypeError, ValueError):  # not to be known
        return True
    try:
        signature.bind("")
    except TypeError:
        return False
    return True


def tell_constructor(plugin_class, channel, shim):
    """Why it could not be constructed, when that is so for its parameters."""
    if takes_text(plugin_class):
        return
    doubts = shim.own("python-doubts.py")
    place = doubts.place_of(plugin_class.__init__) or doubts.place_of_class(plugin_class)
    channel.send("doubts", shim.to_json({"construction": place or {}}))


def tell_classes(entry, channel, shim):
    """Classes of the entry point that may be the one that is missing, with what they have."""
    doubts = shim.own("python-doubts.py")
    module = sys.modules.get(entry.rpartition(".")[0] or entry)
    classes = []
    for name, each in list(vars(module).items()):
        if isinstance(each, type) and not doubts.is_of_sdk(each) and not name.startswith("_"):
            place = doubts.place_of_class(each) or {}
            names = [name for name in dir(each) if not name.startswith("_")]
            classes.append(dict(place, name=name, names=names))
    channel.send("class-missing", shim.to_json(classes))


def describe(request, plugin_class, channel, shim):
    """Parameters of the hooks, from the class: constructing it is not ours to do."""
    doubts = shim.own("python-doubts.py")
    hooks = {}
    for name in request["hooks"]:
        function = inspect.getattr_static(plugin_class, name, shim.MISSING)
        bound = getattr(plugin_class, name, None)
        if function is shim.MISSING or not callable(bound):
            continue
        named, takes_all = shim.parameters_of(bound)
        own = named if isinstance(function, (staticmethod, classmethod)) else named[1:]
        hooks[name] = {"named": own, "takesAll": takes_all, "isAsync": is_async(bound)}
        hooks[name].update(doubts.place_of(bound) or {}, **first_parameter(function))
    public = [name for name in dir(plugin_class) if not name.startswith("_")]
    described = {"hooks": hooks, "names": public, "python": "%d.%d" % sys.version_info[:2]}
    sdk = getattr(sys.modules.get(doubts.SDK), "__version__", None)
    if isinstance(sdk, str):
        described["sdk"] = sdk
    base = doubts.sdk_class(plugin_class)
    if base is not None:
        described["sdkClass"] = base
        described["asyncSteps"] = [name for name in base["methods"] if is_async(getattr(plugin_class, name))]
    if plugin_class.__init__ is not object.__init__ and not takes_text(plugin_class):
        described["construction"] = doubts.place_of(plugin_class.__init__) or {}
    described["syntax"] = read_syntax(request, plugin_class, shim)
    channel.send("described", shim.to_json(described))


def is_async(function):
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def first_parameter(function):
    """Of a method that is nothing but a function; empty when it has none."""
    if not inspect.isfunction(function) or hasattr(function, "__wrapped__") or function.__code__.co_flags & inspect.CO_VARARGS:
        return {}
    code = function.__code__
    return {"first": code.co_varnames[0] if code.co_argcount else ""}


def read_syntax(request, plugin_class, shim):
    doubts, syntax = shim.own("python-doubts.py"), shim.own("python-syntax.py")
    own = [each for each in getattr(plugin_class, "__mro__", ()) if each is not object and not doubts.is_of_sdk(each)]
    trees = syntax.parse(syntax.own_files(request["root"], own, request["entry"]))
    hooks = []
    for name in request["judging"]:
        for method in (name, "do_" + name):
            place = doubts.place_of(getattr(plugin_class, method, None))
            if place is not None:
                hooks.append(dict(place, name=method))
    return syntax.survey(trees, hooks)
