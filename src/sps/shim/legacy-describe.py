"""Describes the class of a Python 2 plugin. It runs in the namespace of legacy-shim.py, whose functions it uses."""


def describe_hooks(owner, plugin_class, names):
    hooks = {}
    for name in names:
        function = static_attribute(plugin_class, name) if owner is plugin_class else MISSING
        bound = getattr(owner, name, None)
        if function is None or not callable(bound):
            continue
        named, takes_all = parameters_of(bound)
        hooks[name] = {"named": named[1:] if isinstance(function, types.FunctionType) else named, "takesAll": takes_all}
        code = getattr(getattr(bound, "im_func", bound), "func_code", None)
        if code is not None:
            hooks[name].update(file=code.co_filename, line=code.co_firstlineno)
    return hooks


def send_hooks(tag, owner, hooks, request, channel):
    # In this order; a dict of Python 2 would not keep it.
    texts = ["%s:%s" % (to_json(name), to_json(hooks[name])) for name in request["hooks"] if name in hooks]
    public = [name for name in dir(owner) if not name.startswith("_")]
    channel.send(tag, '{"hooks":{%s},"names":%s}' % (",".join(texts), to_json(public)))


def describe(request, plugin_class, channel):
    """Parameters of the hooks, of the class and, where that lacks one that is needed, of an instance."""
    owner, hooks = plugin_class, describe_hooks(plugin_class, plugin_class, request["hooks"])
    missing = [name for name in request["hooks"] if name not in hooks]
    if set(missing).intersection(request["needed"]):
        send_hooks("described-class", owner, hooks, request, channel)
        owner = construct(request, plugin_class, channel)
        hooks.update(describe_hooks(owner, plugin_class, missing))
    send_hooks("described", owner, hooks, request, channel)
