"""Reports when a module has been imported, or replaces it by another one. It is the first of the finders."""
import sys
from importlib.machinery import ModuleSpec


class ImportWatch(object):
    def __init__(self):
        self.callbacks = {}
        self.creators = {}

    def after(self, name, callback):
        """`callback(module)` right after the module of this full name has been imported, before its importer goes on."""
        self.callbacks.setdefault(name, []).append(callback)

    def replace(self, name, create):
        """`create(module)` fills an empty module instead of the real one, which is not executed."""
        self.creators[name] = create

    def tell(self, module):
        for callback in self.callbacks.get(module.__name__, ()):
            callback(module)

    def find_spec(self, name, path=None, target=None):
        if name in self.creators:
            return ModuleSpec(name, CreatingLoader(self.creators[name]))
        if name not in self.callbacks:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = TellingLoader(spec.loader, self)
                return spec
        return None


class CreatingLoader(object):
    def __init__(self, create):
        self.create = create

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        self.create(module)


class TellingLoader(object):
    """Behaves like the loader that it holds."""

    def __init__(self, loader, watch):
        self.loader = loader
        self.watch = watch

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = self.loader
        if module.__loader__ is self:  # not that of a module which was imported before and comes back
            module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.watch.tell(module)
