"""What a plugin's exception is told as, and a result that cannot be written."""
import traceback


def send_exception(error, channel, shim):
    frames, caller = error.__traceback__, None
    while frames is not None and frames.tb_frame.f_code.co_filename in shim.OWN_FILES:
        frames, caller = frames.tb_next, frames.tb_frame
    # No line of the plugin was reached: what was called takes something else.
    if frames is None and caller is not None and "plugin_class" in caller.f_locals and "plugin" not in caller.f_locals:
        shim.own("python-describe.py").tell_constructor(caller.f_locals["plugin_class"], channel, shim)
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    lines = safely(lambda each: traceback.format_exception(kind, each, frames), error)
    raised = {
        "exception": module + kind.__qualname__,
        "message": safely(str, error)[:65536],
        "traceback": "".join(lines).rstrip("\n")[-262144:],
    }
    channel.send("raised", shim.to_json(raised))


def send_not_json(error, result, channel, begun, shim):
    word = {"problem": str(error), "reply": safely(repr, result)[:4096]}
    if is_awaitable(result):
        word["isAwaitable"] = True
        code = getattr(result, "cr_code", getattr(result, "ag_code", None))
        place = None if code is None else {"file": code.co_filename, "line": code.co_firstlineno}
        channel.send("doubts", shim.to_json({"place": place}))
    close_coroutines(result)
    channel.send(*begun + ("not-json", shim.to_json(word)))


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
