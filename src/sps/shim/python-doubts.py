"""Doubts about a call that can be made, with the place in the plugin's files."""
import os
import sys

SDK = "safeguard.sessions.plugin"


def tell(request, plugin_class, function, result, channel, shim):
    word = {}
    if result is None:
        word["place"] = place_of(function)
    if is_of_sdk(getattr(plugin_class, "do_" + request["hook"], None)) and may_miss(plugin_class):
        word["sdk"] = sdk_class(plugin_class)
    if word:
        channel.send("doubts", shim.to_json(word))


def may_miss(plugin_class):
    """Whether a class on the SDK has none of its methods, or one with a name that the SDK does not know; most classes do not need all methods."""
    classes = plugin_class.__mro__
    own = [name for each in classes if not is_of_sdk(each) for name in vars(each) if name.lstrip("_").lower().startswith("do")]
    return not own or any(not any(name in vars(each) for each in classes if is_of_sdk(each)) for name in own)


def is_of_sdk(definition):
    return str(getattr(definition, "__module__", "")).startswith(SDK)


def place_of(function):
    """Where a function is defined, inside what wraps it; None for one that is not written in Python."""
    for _ in range(100):
        inner = next((getattr(function, name) for name in ("__wrapped__", "__func__", "func") if hasattr(function, name)), None)
        if inner is None:
            break
        function = inner
    code = getattr(function, "__code__", None) or getattr(getattr(type(function), "__call__", None), "__code__", None)
    return None if code is None else {"file": code.co_filename, "line": code.co_firstlineno}


def place_of_class(plugin_class):
    file = getattr(sys.modules.get(plugin_class.__module__), "__file__", None)
    if file is None:
        return None
    line = getattr(plugin_class, "__firstlineno__", None)
    return {"file": os.path.abspath(file), "line": line or find_class(file, plugin_class.__name__)}


def find_class(file, name):
    """Before Python 3.13 a class does not know its line."""
    begins = ("class %s%s" % (name, each) for each in "(: ")
    begins = tuple(each.encode() for each in begins)
    try:
        with open(file, "rb") as lines:
            return next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(begins)), None)
    except OSError:
        return None


def sdk_class(plugin_class):
    """The methods that the SDK calls, and what the plugin's own classes define; None for a class that has no such base."""
    own, methods = {}, set()
    for each in getattr(plugin_class, "__mro__", ()):  # of a class; a function of this name makes one
        for name, value in list(vars(each).items()):
            if is_of_sdk(each):
                methods.update([name] if name.startswith("do_") else [])
            elif each is not object and callable(getattr(value, "__func__", value)) and not name.startswith("__"):
                own.setdefault(name, place_of(value))
    if not methods:
        return None
    return {"methods": sorted(methods), "own": own, "place": place_of_class(plugin_class)}
