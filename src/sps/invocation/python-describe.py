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


def describe(request, plugin_class, channel, shim):
    """Parameters of the hooks, from the class: constructing it is not ours to do."""
    hooks = {}
    for name in request["hooks"]:
        function = inspect.getattr_static(plugin_class, name, shim.MISSING)
        bound = getattr(plugin_class, name, None)
        if function is shim.MISSING or not callable(bound):
            continue
        named, takes_all = shim.parameters.parameters_of(bound)
        own = named if isinstance(function, (staticmethod, classmethod)) else named[1:]
        code = getattr(inspect.unwrap(bound), "__code__", None)
        hooks[name] = {"named": own, "takesAll": takes_all}
        if code is not None:
            hooks[name].update(file=code.co_filename, line=code.co_firstlineno)
    public = [name for name in dir(plugin_class) if not name.startswith("_")]
    described = {"hooks": hooks, "names": public, "python": "%d.%d" % sys.version_info[:2]}
    sdk = getattr(modules.get("safeguard.sessions.plugin"), "__version__", None)
    if isinstance(sdk, str):
        described["sdk"] = sdk
    channel.send("described", shim.to_json(described))
