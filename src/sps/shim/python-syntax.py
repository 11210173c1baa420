"""What the text of a plugin shows before a call: hooks that can reach their end without a `return`, verdicts that are discarded.

Nothing is guessed: what cannot be followed (a decorator, a context manager that may swallow exceptions) counts as harmless.
"""
import ast
import os
import sys

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = FUNCTIONS + (ast.Lambda, ast.ClassDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
# They return what the function returns.
TRANSPARENT = {"staticmethod", "classmethod", "override", "final"}
EXITS = {"exit", "quit", "_exit", "abort", "assert_never"}
ENDLESS = {"count", "cycle"}


def own_files(root, classes, entry):
    """Of the modules that are loaded from the plugin's folder, those that are not bundled libraries of others."""
    tops = {each.__module__.split(".")[0] for each in classes} | {entry.rpartition(".")[0] or entry}
    files = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py") or not file.startswith(root + os.sep):
            continue
        if name.split(".")[0] in tops or os.path.dirname(file) == root:
            files.append(file)
    return files


def parse(files):
    trees = {}
    for file in files:
        try:
            with open(file, "rb") as text:
                trees[file] = ast.parse(text.read(), file)
        except (OSError, SyntaxError, ValueError, RecursionError):
            pass  # it could be imported, so there is nothing to report
    return trees


def survey(trees, hooks):
    """`hooks`: name, file and first line of functions that must return a verdict."""
    flow = Flow(trees.values())
    try:
        endings = [word for hook in hooks for word in find_ending(trees, flow, **hook)]
        thrown = [{"file": file, "line": node.lineno} for file, tree in trees.items() for node in ast.walk(tree) if is_thrown(node)]
    except RecursionError:
        return {"endings": [], "thrown": []}
    return {"endings": endings, "thrown": thrown}


def find_ending(trees, flow, name, file, line):
    for node in ast.walk(trees.get(file, ast.Module(body=[], type_ignores=[]))):
        if isinstance(node, ast.FunctionDef) and line in [node.lineno] + [each.lineno for each in node.decorator_list]:
            if all(name_of(each) in TRANSPARENT for each in node.decorator_list) and flow.falls(node):
                yield {"name": name, "file": file, "line": node.lineno}


def is_thrown(node):
    """A statement that consists of a verdict."""
    value = node.value if isinstance(node, ast.Expr) else None
    if isinstance(value, ast.Dict):
        return any(isinstance(key, ast.Constant) and key.value == "verdict" for key in value.keys)
    if not isinstance(value, ast.Call):
        return False
    if isinstance(value.func, ast.Name) and value.func.id == "dict":
        return any(keyword.arg == "verdict" for keyword in value.keywords)
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        value = value.func.value  # AAResponse.deny().with_cookie(...)
    return name_of(value) == "AAResponse"


def name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


def in_scope(nodes):
    """What belongs to a function itself, not to a function inside it."""
    for node in nodes:
        yield node
        if not isinstance(node, SCOPES):
            for each in in_scope(ast.iter_child_nodes(node)):
                yield each


class Flow(object):
    """Whether control can reach the end of the statements."""

    def __init__(self, trees):
        self.functions = {}
        self.looked_at = {}
        for node in (each for tree in trees for each in ast.walk(tree) if isinstance(each, FUNCTIONS)):
            self.functions.setdefault(node.name, []).append(node)

    def falls(self, function):
        is_generator = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in in_scope(function.body))
        return not is_generator and self.ends(function.body)

    def ends(self, body):
        return all(getattr(self, "pass_" + type(node).__name__, self.passes)(node) for node in body)

    def passes(self, node):
        return not isinstance(node, (ast.Return, ast.Raise, ast.Continue, ast.Break))

    def pass_If(self, node):
        known = constant(node.test)
        return (known is not False and self.ends(node.body)) or (known is not True and self.ends(node.orelse))

    def pass_While(self, node):
        known = constant(node.test)
        return (known is not False and breaks(node.body)) or (known is not True and self.ends(node.orelse))

    def pass_For(self, node):
        is_endless = isinstance(node.iter, ast.Call) and name_of(node.iter.func) in ENDLESS
        return breaks(node.body) or not is_endless and self.ends(node.orelse)

    pass_AsyncFor = pass_For

    def pass_Try(self, node):
        ends = self.ends(node.body) and self.ends(node.orelse) or any(self.ends(each.body) for each in node.handlers)
        return ends and self.ends(node.finalbody)

    pass_TryStar = pass_Try

    def pass_With(self, node):
        calls = [each.context_expr for each in node.items if isinstance(each.context_expr, ast.Call)]
        return self.ends(node.body) or any(name_of(each.func) == "suppress" for each in calls)

    pass_AsyncWith = pass_With

    def pass_Match(self, node):
        is_complete = any(each.guard is None and takes_all(each.pattern) for each in node.cases)
        return not is_complete or any(self.ends(each.body) for each in node.cases)

    def pass_Assert(self, node):
        return constant(node.test) is not False

    def pass_Expr(self, node):
        is_awaited = isinstance(node.value, ast.Await)
        call = node.value.value if is_awaited else node.value
        return not (isinstance(call, ast.Call) and self.never_returns(call.func, is_awaited))

    def never_returns(self, function, is_awaited):
        name = name_of(function)
        owner = name_of(function.value) if isinstance(function, ast.Attribute) else None
        if name in EXITS and (isinstance(function, ast.Name) or owner in ("sys", "os", "typing")):
            return True
        known = self.functions.get(name, [])
        return bool(known) and all(self.never_ends(each, is_awaited) for each in known)

    def never_ends(self, function, is_awaited):
        """A function that always raises, or exits."""
        if isinstance(function, ast.AsyncFunctionDef) and not is_awaited:
            return False
        if name_of(function.returns) in ("NoReturn", "Never"):
            return True
        if function not in self.looked_at:
            self.looked_at[function] = False  # while it is examined: it may call itself
            has_return = any(isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) for node in in_scope(function.body))
            self.looked_at[function] = not has_return and not self.ends(function.body)
        return self.looked_at[function]


def constant(test):
    """True or False if a condition can only have that value."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        known = constant(test.operand)
        return None if known is None else not known
    return bool(test.value) if isinstance(test, ast.Constant) else None


def breaks(body):
    """Whether a `break` of this loop is in its body."""
    for node in body:
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, SCOPES):
            continue
        inner = [] if isinstance(node, LOOPS) else getattr(node, "body", [])
        parts = getattr(node, "handlers", []) + getattr(node, "cases", [])
        for part in [inner, getattr(node, "orelse", []), getattr(node, "finalbody", [])] + [each.body for each in parts]:
            if breaks(part):
                return True
    return False


def takes_all(pattern):
    """A pattern that matches everything: `_`, a name, or one of several."""
    kind = type(pattern).__name__
    if kind == "MatchOr":
        return any(takes_all(each) for each in pattern.patterns)
    return kind == "MatchAs" and (pattern.pattern is None or takes_all(pattern.pattern))
