"""What a plugin's exception is told as, and a result that cannot be written."""
import traceback


def send_exception(error, channel, shim):
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in shim.OWN_FILES:
        frames = frames.tb_next
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
    channel.send(*begun + ("not-json", shim.to_json(word)))


def safely(render, value):
    try:
        return render(value)
    except BaseException as error:
        return "<%s while rendering>" % type(error).__name__
