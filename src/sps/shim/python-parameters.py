"""Which arguments a hook and a constructor take. A part of python-shim.py, which gives it `own`: the function that loads a file beside this one."""


def plain_function(function):
    """The function behind a method when its parameters can be read without `inspect`, whose import takes 8 ms."""
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
    """Only what the hook declares; None for what it requires and the product does not know."""
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
