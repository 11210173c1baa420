"""What a plugin's exception is told as."""
import traceback


def send_exception(error, channel, shim):
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in shim.OWN_FILES:
        frames = frames.tb_next
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    lines = shim.safely(lambda each: traceback.format_exception(kind, each, frames), error)
    raised = {
        "exception": module + kind.__qualname__,
        "message": shim.safely(str, error)[:65536],
        "traceback": "".join(lines).rstrip("\n")[-262144:],
    }
    channel.send("raised", shim.to_json(raised))
