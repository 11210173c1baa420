"""Opens local files where the plugin opens files of the appliance: `files:` of plugin-host.yaml.

The functions of Python that take a path are patched, so libraries that open files in C do not see it. `ssl` opens files in C too, and is patched separately.
"""
import builtins
import io
import os
import sys

NAMES = ["open", "stat", "lstat", "access", "listdir", "scandir"]
CAPABILITIES = ["supports_dir_fd", "supports_fd", "supports_follow_symlinks", "supports_effective_ids"]


def install(files, watch, when, Callable):
    def find(path):
        return redirect(path, files)

    def redirected(original):
        def call(*args, **kwargs):
            if args:
                return original(find(args[0]), *args[1:], **kwargs)
            for name in ("file", "path"):
                if name in kwargs:
                    kwargs[name] = find(kwargs[name])
            return original(**kwargs)

        return Callable(call, original)

    builtins.open = io.open = redirected(io.open)
    for name in NAMES:
        original = getattr(os, name)
        changed = redirected(original)
        setattr(os, name, changed)
        for capability in CAPABILITIES:
            supported = getattr(os, capability, set())
            if original in supported:
                supported.add(changed)
    when(watch, "ssl", lambda ssl: redirect_certificates(ssl.SSLContext, find))
    when(watch, "pathlib", lambda pathlib: redirect_accessor(getattr(pathlib, "_NormalAccessor", None)))


def redirect(path, files):
    """Of the same type as it was given. The longest match counts. A path that is local already stays as it is."""
    try:
        given = os.fspath(path)
    except TypeError:
        return path  # a descriptor, or something that the original refuses
    text = os.fsdecode(given)
    if not text.startswith("/"):
        return path
    text = os.path.normpath(text)
    if text.startswith("//"):
        text = text[1:]
    found = [there for there in files if holds(there, text)]
    if not found:
        return path
    there = max(found, key=len)
    if any(holds(here, text) and len(here) > len(there) for here in files.values()):
        return path
    local = files[there] + text[len(there.rstrip("/")) :]
    return os.fsencode(local) if isinstance(given, bytes) else local


def holds(folder, path):
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def redirect_certificates(context, find):
    load_cert_chain, load_verify_locations = context.load_cert_chain, context.load_verify_locations

    def load_chain(self, certfile, keyfile=None, password=None):
        return load_cert_chain(self, find(certfile), find(keyfile), password)

    def load_locations(self, cafile=None, capath=None, cadata=None):
        return load_verify_locations(self, find(cafile), find(capath), cadata)

    context.load_cert_chain, context.load_verify_locations = load_chain, load_locations


def redirect_accessor(accessor):
    """Up to Python 3.10, pathlib keeps the functions that it found when it was imported."""
    for name in NAMES:
        if accessor is not None and hasattr(accessor, name):
            module = io if name == "open" and sys.version_info >= (3, 10) else os
            setattr(accessor, name, staticmethod(getattr(module, name)))
