"""How a plugin's exception is reported, its exit, and a result that cannot be written. Nothing is imported: the plugin may have put a module
of its own in its place.
"""


class Sink(object):
    """Replaces standard error while this thread writes to it."""

    def __init__(self, stream, get_ident):
        self.stream, self.get_ident = stream, get_ident
        self.owner, self.parts = get_ident(), []

    def write(self, text):
        if self.get_ident() != self.owner:
            return self.stream.write(text)
        self.parts.append(text)

    def flush(self):
        pass


def send_exception(error, channel, shim):
    frames, caller = error.__traceback__, None
    while frames is not None and frames.tb_frame.f_code.co_filename in shim.OWN_FILES:
        frames, caller = frames.tb_next, frames.tb_frame
    # No line of the plugin was reached: the called function takes other arguments.
    if frames is None and caller is not None and "plugin_class" in caller.f_locals and "plugin" not in caller.f_locals:
        shim.own("python-describe.py").tell_constructor(caller.f_locals["plugin_class"], channel, shim)
    kind = type(error)
    raised = {
        "exception": safely(name_of, kind),
        "message": safely(str, error)[:65536],
        "traceback": safely(lambda each: render(each, shim), error)[-262144:],
        "stack": frames_of(error),
    }
    channel.send("raised", shim.to_json(raised))


def send_exit(error, channel, shim):
    channel.send("exits", shim.to_json({"stack": frames_of(error)}))


def send_not_json(error, result, channel, begun, to_json):
    word = {"problem": find_not_json(error, result), "reply": safely(repr, result)[:4096]}
    if is_awaitable(result):
        word["isAwaitable"] = True
        code = getattr(result, "cr_code", getattr(result, "ag_code", None))
        place = None if code is None else {"file": code.co_filename, "line": code.co_firstlineno}
        channel.send("doubts", to_json({"place": place}))
    close_coroutines(result)
    channel.send(*begun + ("not-json", to_json(word)))


def find_not_json(error, result):
    try:
        return describe_not_json(result, "", ()) or str(error)
    except Exception:  # code of the plugin, or too deep
        return safely(str, error)


def describe_not_json(value, at, above):
    """The first thing that JSON cannot carry, and where: `cookie.tries is a set`."""
    where = at or "the result"
    if value is None or isinstance(value, (str, int)):
        return None
    if isinstance(value, float):
        return None if value - value == 0 else "%s is %r" % (where, float(value))
    if any(each is value for each in above):
        return "%s contains itself" % where
    if isinstance(value, dict):
        for key, item in value.items():
            if not (key is None or isinstance(key, (str, int, float))):
                return "a key of %s is a %s" % (where, name_of(type(key)))
            found = describe_not_json(item, "%s.%s" % (at, key) if at else str(key), above + (value,))
            if found:
                return found
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            found = describe_not_json(item, "%s[%d]" % (where, index), above + (value,))
            if found:
                return found
    else:
        return "%s is a %s" % (where, name_of(type(value)))
    return None


def name_of(kind):
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    return module + kind.__qualname__


def render(error, shim):
    """As the interpreter prints an exception, without the frames above the plugin's."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in shim.OWN_FILES:
        frames = frames.tb_next
    without_counting(frames, shim.FOLDER + "/python-coverage.py")
    BaseException.with_traceback(error, frames)
    stderr = shim.sys.stderr
    sink = shim.sys.stderr = Sink(stderr, shim.get_ident)
    try:
        shim.print_exception(type(error), error, frames)
    finally:
        shim.sys.stderr = stderr
    return "".join(sink.parts).rstrip("\n")


def without_counting(frames, file):
    """Before Python 3.12 a signal may come while a line is counted: the plugin's handler then runs below our frame."""
    while frames is not None and frames.tb_next is not None:
        if frames.tb_next.tb_frame.f_code.co_filename == file:
            frames.tb_next = frames.tb_next.tb_next
        else:
            frames = frames.tb_next


def frames_of(error):
    """`[[file, line, function], ...]`, the innermost last."""
    frames, each = [], error.__traceback__
    while each is not None:
        code = each.tb_frame.f_code
        frames.append([code.co_filename, each.tb_lineno, code.co_name])
        each = each.tb_next
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(error, SyntaxError) and isinstance(file, str) and isinstance(line, int):
        frames.append([file, line, "<module>"])
    return frames[-100:]


def is_awaitable(value):
    return hasattr(type(value), "__await__") or hasattr(type(value), "__anext__")


def close_coroutines(value, depth=8):
    """They would complain that nobody awaited them, with a line of ours."""
    if hasattr(type(value), "cr_code"):
        value.close()
    elif type(value) in (dict, list, tuple) and depth > 0:
        for each in list(value.values() if type(value) is dict else value):
            close_coroutines(each, depth - 1)


def safely(render, value):
    try:
        return render(value)
    except BaseException as error:
        return "<%s while rendering>" % type(error).__name__
