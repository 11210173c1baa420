"""Imports modules from what was kept of an earlier import: their code, where they are, and how they import each other. Looking for a module and
reading its code takes a sixth of an import, and recording who imports whom as much again.

It holds for the files that were imported and the folders that were searched. When one of them has changed, everything is imported and recorded anew.
A part of fork-server.py and lone-worker.py, which execute it in a namespace with `beside`.
"""
import marshal
import os
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec, SourceFileLoader


class KeptModules(object):
    """`kept`: see kept-code.py."""

    def __init__(self, kept):
        self.kept, self.stamp_of = kept, kept.stamp_of
        index, self.descriptor = kept.read(".modules")
        self.index = index or {"names": set(), "stamps": {}, "modules": {}, "edges": {}, "reached": {}, "patterns": {}, "length": 0}
        self.patterns = beside("kept-patterns.py").KeptPatterns(self.index["patterns"])
        self.start = 0 if self.descriptor is None else os.fstat(self.descriptor).st_size - self.index["length"]

    def fits(self, names):
        """Whether all that importing `names` brings in is known, and as it was."""
        index = self.index
        return index["names"].issuperset(names) and all(self.stamp_of(path) == stamp for path, stamp in index["stamps"].items())

    def recording(self, import_all):
        """`import_all`, and with it what regular expressions are compiled to is known afterwards."""

        def record(names):
            with self.patterns:
                import_all(names)

        return record

    def import_known(self, names, import_all):
        """Gives who imports whom, and what each leads to. An error ends this process: what was kept did not tell everything, and the next one records it."""
        expected = self.index["edges"].keys() | set(sys.modules)
        with self.patterns:
            sys.meta_path.insert(0, self)
            import_all(names)
            sys.meta_path.remove(self)
        if not expected.issuperset(sys.modules):
            os.unlink(self.kept.path + ".modules")
            raise ImportError("modules were imported that were not recorded")
        return self.index["edges"], self.index["reached"]

    def read_code(self, at, length):
        return os.pread(self.descriptor, length, self.start + at)

    def find_spec(self, name, path=None, target=None):
        if name not in self.index["modules"]:
            return None
        origin, cached, locations, at, length = self.index["modules"][name]
        if length == 0:
            loader = ExtensionFileLoader(name, origin)
        else:
            loader = SourceFileLoader(name, origin)
            loader.get_code = lambda _: vars(loader).pop("get_code") and marshal.loads(self.read_code(at, length))
        spec = ModuleSpec(name, loader, origin=origin, is_package=locations is not None)
        spec.has_location = True
        spec.cached = cached
        if locations is not None:
            spec.submodule_search_locations.extend(locations)
        return spec

    def close(self):
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def keep(self, names, specs, edges, reached):
        """What was imported and recorded now, with what else is known and still holds. `specs`: of the modules, by name."""
        parts, index = [], {"names": set(names), "stamps": {}, "modules": {}, "edges": dict(edges), "reached": dict(reached), "length": 0}
        index["patterns"] = self.index["patterns"]

        def add(name, origin, cached, locations, code):
            index["modules"][name] = origin, cached, locations, index["length"], len(code)
            index["length"] += len(code)
            parts.append(code)

        for name, spec in specs.items():
            code = code_of(name, spec)
            locations = None if spec is None or spec.submodule_search_locations is None else list(spec.submodule_search_locations)
            if code is not None:
                add(name, spec.origin, spec.cached, locations, code)
            for path in places_of(spec, locations or []):
                index["stamps"][path] = self.stamp_of(path)
        index["stamps"].update((folder, self.stamp_of(folder)) for folder in sys.path[1:])
        if self.index["names"] and self.fits(()):
            for name, (origin, cached, locations, at, length) in self.index["modules"].items():
                if name not in index["modules"]:
                    add(name, origin, cached, locations, self.read_code(at, length))
            for key in ("stamps", "edges", "reached"):
                index[key] = dict(self.index[key], **index[key])
            index["names"] |= self.index["names"]
        self.kept.write(".modules", index, parts)


def code_of(name, spec):
    """As it is kept; empty for a compiled module, None for one that only its own finder can find."""
    loader = type(getattr(spec, "loader", None))
    if loader not in (SourceFileLoader, ExtensionFileLoader) or spec.name != name:
        return None
    if loader is ExtensionFileLoader:
        return b""
    try:
        return marshal.dumps(spec.loader.get_code(name))
    except (ImportError, OSError, SyntaxError, ValueError):
        return None


def places_of(spec, locations):
    """What decides whether this module is found, and what is in it."""
    origin = getattr(spec, "origin", None)
    return locations + ([origin, os.path.dirname(origin)] if origin and os.path.isabs(origin) else [])
