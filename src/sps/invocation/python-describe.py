"""What `inspect` is needed for, whose import costs 8 ms: parameters that are not plain, and the description of a class."""
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


def assigns(plugin_class, name):
    """Whether a constructor of the class, or of one above it, sets an attribute of this name."""
    codes = [getattr(each.__dict__.get("__init__"), "__code__", None) for each in getattr(plugin_class, "__mro__", ())]
    return any(name in code.co_names for code in codes if code is not None)


def describe_hook(function, named, takes_all):
    hook = {"named": named, "takesAll": takes_all}
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is not None:
        hook.update(file=code.co_filename, line=code.co_firstlineno)
    return hook


def find_on_class(plugin_class, names, shim):
    hooks = {}
    for name in names:
        function = inspect.getattr_static(plugin_class, name, shim.MISSING)
        bound = getattr(plugin_class, name, None)
        if function is shim.MISSING or not callable(bound):
            continue
        named, takes_all = shim.parameters.parameters_of(bound)
        own = named if isinstance(function, (staticmethod, classmethod)) else named[1:]
        hooks[name] = describe_hook(bound, own, takes_all)
    return hooks


def construct(request, plugin_class, shim):
    """As a call does."""
    has_text = request["isConfigurationGiven"] or not shim.parameters.takes_nothing(plugin_class)
    return plugin_class(request["configuration"]) if has_text else plugin_class()


def describe(request, plugin_class, channel, shim):
    """Parameters of the hooks. The class is constructed only where a hook may be on the instance alone: one that is missed on the class, or
    that a constructor sets. What was found before is sent before, as the constructor may raise, exit or take its time."""
    names = request["hooks"]
    hooks = find_on_class(plugin_class, names, shim)
    described = {"hooks": hooks, "names": public_names(plugin_class), "python": "%d.%d" % sys.version_info[:2]}
    sdk = getattr(modules.get("safeguard.sessions.plugin"), "__version__", None)
    if isinstance(sdk, str):
        described["sdk"] = sdk
    assigned = [name for name in names if name not in hooks and assigns(plugin_class, name)]
    if assigned or any(name not in hooks for name in request["needed"]):
        channel.send("described-class", shim.to_json(dict(described, assigned=assigned)), "phase", "constructor")
        plugin = construct(request, plugin_class, shim)
        for name in names:
            function = getattr(plugin, name, None)
            if name not in hooks and callable(function):
                hooks[name] = describe_hook(function, *shim.parameters.parameters_of(function))
        described["names"] = public_names(plugin)
    described["hooks"] = {name: hooks[name] for name in names if name in hooks}
    channel.send("described", shim.to_json(described))


def public_names(owner):
    return [name for name in dir(owner) if not name.startswith("_")]
