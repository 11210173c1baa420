"""Lets a plugin's clock run ahead or behind: the `clock` of `faults:`. Code in C that asks the system, for instance for certificates, sees the true time."""
import time

PATCHED = ["time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"]


def install(shift_ms, watch, when, Callable):
    original = {name: getattr(time, name) for name in PATCHED}

    def now():
        return original["time"]() + shift_ms / 1000.0

    def with_now(name):
        def call(secs=None):
            return original[name](now() if secs is None else secs)

        return call

    changed = {name: with_now(name) for name in ("localtime", "gmtime", "ctime")}
    changed["time"] = now
    changed["time_ns"] = lambda: original["time_ns"]() + int(shift_ms * 1000000)
    changed["asctime"] = lambda *given: original["asctime"](*(given or (time.localtime(),)))
    changed["strftime"] = lambda text, *given: original["strftime"](text, *(given or (time.localtime(),)))
    for name in PATCHED:
        setattr(time, name, Callable(changed[name], original[name]))
    when(watch, "datetime", lambda module: shift_dates(module, now))


def shift_dates(module, now):
    """The classes are written in C and cannot be changed. Other classes replace them, and count the instances of the original ones as theirs."""
    real_date, real_datetime, utc = module.date, module.datetime, module.timezone.utc

    class Kind(type):
        def __instancecheck__(cls, value):
            return isinstance(value, cls.real) if "real" in vars(cls) else type.__instancecheck__(cls, value)

        def __subclasscheck__(cls, other):
            return issubclass(other, cls.real) if "real" in vars(cls) else type.__subclasscheck__(cls, other)

    class date(real_date, metaclass=Kind):
        real = real_date

        @classmethod
        def today(cls):
            return cls.fromtimestamp(now())

    class datetime(real_datetime, metaclass=Kind):
        real = real_datetime

        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(now(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(now(), utc).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(now())

    for cls in (date, datetime):
        cls.__module__, cls.__qualname__ = "datetime", cls.__name__
        cls.__repr__ = lambda self, real=cls.real: real.__repr__(self) if type(self).__module__ != "datetime" else named(real.__repr__(self))
        setattr(module, cls.__name__, cls)


def named(text):
    return text if text.startswith("datetime.") else "datetime." + text
