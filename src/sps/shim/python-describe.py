"""What needs `inspect`, whose import takes 8 ms: parameters that are not plain, and the description of a class."""
import inspect
import sys

modules = sys.modules


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
    """Whether it can be constructed with only the configuration text."""
    try:
        signature = inspect.signature(plugin_class)
    except (TypeError, ValueError):  # unknown
        return True
    try:
        signature.bind("")
    except TypeError:
        return False
    return True


def tell_constructor(plugin_class, channel, shim):
    """Why it could not be constructed, if its parameters are the reason."""
    if takes_text(plugin_class):
        return
    doubts = shim.own("python-doubts.py")
    place = doubts.place_of(plugin_class.__init__) or doubts.place_of_class(plugin_class)
    channel.send("doubts", shim.to_json({"construction": place or {}}))


def tell_classes(entry, channel, shim):
    """Classes of the entry point that may be meant instead of the missing one, with their attributes."""
    doubts = shim.own("python-doubts.py")
    module = modules.get(entry.rpartition(".")[0] or entry)
    classes = []
    for name, each in list(vars(module).items()):
        if isinstance(each, type) and not doubts.is_of_sdk(each) and not name.startswith("_"):
            place = doubts.place_of_class(each) or {}
            names = [name for name in dir(each) if not name.startswith("_")]
            classes.append(dict(place, name=name, names=names))
    channel.send("class-missing", shim.to_json(classes))


def assigns(plugin_class, name):
    """Whether a constructor of the class, or of one above it, sets an attribute of this name."""
    codes = [getattr(each.__dict__.get("__init__"), "__code__", None) for each in getattr(plugin_class, "__mro__", ())]
    return any(name in code.co_names for code in codes if code is not None)


def describe_hook(function, named, takes_all, doubts):
    hook = {"named": named, "takesAll": takes_all, "isAsync": is_async(function)}
    hook.update(doubts.place_of(function) or {})
    return hook


def find_on_class(plugin_class, names, shim, doubts):
    hooks = {}
    for name in names:
        function = inspect.getattr_static(plugin_class, name, shim.MISSING)
        bound = getattr(plugin_class, name, None)
        if function is shim.MISSING or not callable(bound):
            continue
        named, takes_all = shim.parameters.parameters_of(bound)
        own = named if isinstance(function, (staticmethod, classmethod)) else named[1:]
        hooks[name] = dict(describe_hook(bound, own, takes_all, doubts), **first_parameter(function))
    return hooks


def construct(request, plugin_class, shim):
    """As a call does."""
    has_text = request["isConfigurationGiven"] or not shim.parameters.takes_nothing(plugin_class)
    return plugin_class(request["configuration"]) if has_text else plugin_class()


def describe(request, plugin_class, channel, shim):
    """Parameters of the hooks. The class is constructed only if a hook may exist only on the instance: one that the class lacks, or
    that a constructor sets. What was found before is sent before, because the constructor may raise, exit or take long."""
    names = request["hooks"]
    doubts = shim.own("python-doubts.py")
    hooks = find_on_class(plugin_class, names, shim, doubts)
    described = {"hooks": hooks, "names": public_names(plugin_class), "python": "%d.%d" % sys.version_info[:2]}
    describe_class(request, plugin_class, described, shim, doubts)
    assigned = [name for name in names if name not in hooks and assigns(plugin_class, name)]
    if assigned or any(name not in hooks for name in request["needed"]):
        channel.send("described-class", shim.to_json(dict(described, assigned=assigned)), "phase", "constructor")
        plugin = construct(request, plugin_class, shim)
        for name in names:
            function = getattr(plugin, name, None)
            if name not in hooks and callable(function):
                hooks[name] = describe_hook(function, *shim.parameters.parameters_of(function), doubts=doubts)
        described["names"] = public_names(plugin)
    described["hooks"] = {name: hooks[name] for name in names if name in hooks}
    channel.send("described", shim.to_json(described))


def describe_class(request, plugin_class, described, shim, doubts):
    """What else is reported about it."""
    sdk = getattr(modules.get(doubts.SDK), "__version__", None)
    if isinstance(sdk, str):
        described["sdk"] = sdk
    base = doubts.sdk_class(plugin_class)
    if base is not None:
        described["sdkClass"] = base
        described["asyncSteps"] = [name for name in base["methods"] if is_async(getattr(plugin_class, name))]
    if plugin_class.__init__ is not object.__init__ and not takes_text(plugin_class):
        described["construction"] = doubts.place_of(plugin_class.__init__) or {}
    described["syntax"] = read_syntax(request, plugin_class, shim)


def public_names(owner):
    return [name for name in dir(owner) if not name.startswith("_")]


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
