"""Imports modules before they are needed and puts them aside, so that a process that is forked later starts with the `sys.modules` of a
fresh one. What it imports then comes from here, with exactly the modules that the same import would have brought in.

While they are imported, their imports of each other are recorded. An import that takes one of them also takes all that it reaches.
"""
import builtins
import importlib
import importlib.machinery
import sys

EXTENSIONS = tuple(importlib.machinery.EXTENSION_SUFFIXES)


class Tracer(object):
    """Records the imports of one module by another, also of a module that was loaded already."""

    def __init__(self):
        self.edges = {}
        self.stack = []
        self.known = 0
        self.original = builtins.__import__, importlib.import_module

    def __enter__(self):
        sys.meta_path.insert(0, self)
        builtins.__import__, importlib.import_module = self.import_statement, self.import_module
        return self

    def __exit__(self, *_):
        builtins.__import__, importlib.import_module = self.original
        sys.meta_path.remove(self)

    def find_spec(self, name, path=None, target=None):
        """Asked for each module that is not loaded yet, right before it is executed."""
        self.adopt(self.importer())
        self.edges.setdefault(name, set())
        self.add(self.importer(), name)
        self.stack.append(name)

    def import_statement(self, name, globals=None, locals=None, fromlist=(), level=0):
        importer = self.importer()
        try:
            return self.original[0](name, globals, locals, fromlist, level)
        finally:
            if importer is not None:  # also when it fails half-way
                self.adopt(self.importer())
                full = self.resolve(name, globals or {}, level)
                self.add(importer, full)
                for part in getattr(sys.modules.get(full), "__all__", ()) if fromlist and "*" in fromlist else fromlist or ():
                    self.add(importer, full + "." + part)

    def import_module(self, name, package=None):
        importer = self.importer()
        module = self.original[1](name, package)
        self.adopt(self.importer())
        self.add(importer, module.__name__)
        return module

    @staticmethod
    def resolve(name, globals, level):
        if level == 0:
            return name
        package = globals.get("__package__")
        if package is None:
            package = globals["__name__"] if "__path__" in globals else globals["__name__"].rpartition(".")[0]
        base = package.rsplit(".", level - 1)[0]
        return base + "." + name if name else base

    def importer(self):
        """The module that is being executed."""
        while self.stack:
            spec = getattr(sys.modules.get(self.stack[-1]), "__spec__", None)
            if getattr(spec, "_initializing", False):
                return self.stack[-1]
            self.adopt(self.stack.pop())
        return None

    def add(self, importer, name):
        if importer is None:
            return
        found = self.edges.setdefault(importer, set())
        while name and name not in found:
            if name not in sys.modules and name not in self.edges:
                return  # `from module import attribute`
            found.add(name)
            name = name.rpartition(".")[0]

    def adopt(self, importer):
        """Modules that were put into `sys.modules` without an import belong to the module that is being executed."""
        if len(sys.modules) == self.known:
            return
        self.known = len(sys.modules)
        for name in sys.modules.keys() - self.edges.keys():
            self.edges[name] = set()
            if importer is not None:
                self.edges[importer].add(name)


def import_all(names):
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException:
            continue  # missing in this environment, or it fails: the plugin's own import will report it


def spec_of(module):
    return getattr(module, "__spec__", None)


class Preload(object):
    """The modules put aside, and the first of the finders, which brings them back."""

    def __init__(self):
        self.on_return = lambda module: None  # gets each module that comes back with another
        self.await_request = lambda: None  # in a forked process
        self.modules, self.specs, self.edges = {}, {}, {}
        self.reached, self.tops = {}, set()
        self.children, self.detached = {}, {}

    def fill(self, names, fresh, kept=None):
        """Imports `names`; what is missing is left out. `fresh` is what a fresh process has, `kept` what is known of such an import (kept-modules.py)."""
        if kept is None:
            self.record(names, import_all)
        elif kept.fits(names):
            self.edges, self.reached = kept.import_known(names, import_all)
        else:
            self.record(names, kept.recording(import_all))
            kept.keep(names, {name: spec_of(sys.modules[name]) for name in sys.modules if name not in fresh}, self.edges, self.reached)
        for name in [each for each in sys.modules if each not in fresh]:
            module = self.modules[name] = sys.modules.pop(name)
            self.specs[name] = spec_of(module)
        self.tops = {name.partition(".")[0] for name in self.modules}
        for name, module in self.modules.items():
            parent, _, child = name.rpartition(".")
            # What always comes with its package stays its attribute.
            if name not in self.reached.get(parent, ()):
                self.children.setdefault(parent, []).append((name, child, module))
        for parent in set(self.children).difference(self.modules):
            self.detach(sys.modules.get(parent), parent)
        sys.meta_path.insert(0, self)

    def record(self, names, import_all):
        with Tracer() as tracer:
            tracer.edges.update((name, set()) for name in sys.modules)
            import_all(names)
            tracer.adopt(tracer.importer())
        self.edges = tracer.edges
        for name in {each.rpartition(".")[0] for each in sys.modules}.intersection(sys.modules).union(names):
            self.reached[name] = self.reach(self.edges, [name])

    def detach(self, owner, name):
        """An imported package must not have modules as attributes that were not imported yet."""
        for full, child, module in self.children.get(name, ()):
            if full not in sys.modules and owner is not None and vars(owner).get(child) is module:
                delattr(owner, child)
                self.detached[full] = owner, child

    @staticmethod
    def reach(edges, names):
        """What `edges` lead to from `names`, themselves included."""
        found, open_names = set(), list(names)
        while open_names:
            each = open_names.pop()
            if each not in found:
                found.add(each)
                open_names.extend(edges.get(each, ()))
        return found

    def shadow(self, names):
        """The plugin has top-level modules with these names: what is built on ours must be imported again. False when that is impossible."""
        own = (names & self.tops).difference(sys.builtin_module_names)
        if not own:
            return True
        ours = [name for name in self.modules if name.partition(".")[0] in own]
        importers = {}
        for importer, imported in self.edges.items():
            for each in imported:
                importers.setdefault(each, set()).add(importer)
        stale = self.reach(importers, ours) & set(self.modules)
        for name in stale:
            file = getattr(self.modules[name], "__file__", None) or ""
            if file.endswith(EXTENSIONS) and name.partition(".")[0] not in own:
                return False  # a compiled module may refuse to be initialised twice
        for name in stale:
            del self.modules[name]
        return True

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name in self.modules else None

    def create_module(self, spec):
        return self.modules[spec.name]

    def exec_module(self, module):
        """It was executed already; it comes back with what it brought in."""
        name = module.__spec__.name
        try:
            module.__spec__ = self.specs[name]
        except AttributeError:
            pass  # an object in a module's place
        reached = self.reached.get(name) or self.reach(self.edges, [name])
        back = [each for each in reached if each in self.modules]
        for each in back:
            module = sys.modules[each] = self.modules.pop(each)
            if each in self.detached:
                setattr(*self.detached.pop(each), module)
        for each in back:
            if each in self.children:
                self.detach(sys.modules[each], each)
        for each in back:
            if each != name:
                self.on_return(sys.modules[each])
