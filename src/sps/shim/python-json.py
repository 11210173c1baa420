"""JSON without the json package. A part of python-shim.py."""

try:
    # The parts of the json package in CPython. The package itself imports `re` and others: that takes 8 ms, and the plugin would find them imported.
    from _json import encode_basestring_ascii, make_encoder, make_scanner

    make_encoder({}, None, encode_basestring_ascii, None, ":", ",", False, False, False)
except (ImportError, TypeError):  # another interpreter, or a release that changed them
    from json import dumps, loads

    make_scanner = None


def refuse(value):
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


class ScannerOptions(object):
    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, refuse


def to_json(value):
    """As `json.dumps` without NaN."""
    if make_scanner is None:
        return dumps(value, allow_nan=False, separators=(",", ":"))
    encode = make_encoder({}, refuse, encode_basestring_ascii, None, ":", ",", False, False, False)
    return "".join(encode(value, 0))


def from_json(text):
    return make_scanner(ScannerOptions)(text.strip(" \t\r\n"), 0)[0] if make_scanner else loads(text)
