"""Reads and writes KVGroups, the text that plugins of Bravura Security Fabric get and answer with. One file, to be copied.

    from kvgroup import Group, read, write

    request = read()                          # one group from standard input
    name = request.get("FIRST_NAME")          # first value, or None; get_all gives every value of a key
    for account in request.groups("account"):
        ...
    write(Group().add("retval", "0"))         # one group to standard output, flushed

Filters get one group after the other: `for item in read_all(): write(answer)`. Python 3.8 or newer, standard library only.
"""
import re
import sys

_TOKEN = re.compile(r'\s+|#[^\r\n]*|"((?:[^"\\]|\\.)*)"|([={}])', re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_SPELLINGS = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class Group:
    """A key, a name, and items in order: pairs (key, value) and groups. Keys may repeat; everything is text."""

    def __init__(self, key="", name=""):
        self.key = key
        self.name = name
        self.items = []

    def get(self, key, default=None):
        """The first value of a key."""
        return next((value for value in self.get_all(key)), default)

    def get_all(self, key):
        """All values of a key, in order."""
        return [item[1] for item in self.items if isinstance(item, tuple) and item[0] == key]

    def groups(self, key, name=None):
        """All groups of a key, or of a key and a name."""
        return [
            item
            for item in self.items
            if isinstance(item, Group) and item.key == key and (name is None or item.name == name)
        ]

    def group(self, key, name=None):
        """The first group of a key, or None."""
        return next(iter(self.groups(key, name)), None)

    def add(self, key, value):
        """Adds a pair; returns the group itself."""
        self.items.append((key, str(value)))
        return self

    def add_group(self, key, name=""):
        """Adds a group and returns it."""
        group = Group(key, name)
        self.items.append(group)
        return group

    def text(self, indent=""):
        lines = ["%s%s %s = {" % (indent, _quote(self.key), _quote(self.name))]
        for item in self.items:
            if isinstance(item, Group):
                lines.append(item.text(indent + "  "))
            else:
                lines.append("%s  %s = %s" % (indent, _quote(item[0]), _quote(item[1])))
        return "\n".join(lines + [indent + "}"])


def _quote(text):
    return '"%s"' % re.sub(r'[\\"\n\r\t]', lambda match: _SPELLINGS[match.group()], text)


def _unescape(text):
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), text, flags=re.DOTALL)


class Reader:
    """Hands over each group at its closing brace; it never waits for more of the input than that."""

    def __init__(self, stream):
        self.stream = stream
        self.open = []  # from the root inwards
        self.words = []  # strings and = that are not an item yet

    def __iter__(self):
        for line in self.stream:  # a string is on one line: line breaks in it are escaped
            yield from self._read_line(line)
        if self.open or self.words:
            raise ValueError("the input ends inside a group")

    def _read_line(self, line):
        at = 0
        while at < len(line):
            match = _TOKEN.match(line, at)
            if match is None:
                raise ValueError("no KVGroup: %r" % line[at : at + 20])
            at = match.end()
            if match.group(1) is not None:
                self._take(("text", _unescape(match.group(1))))
            elif match.group(2) == "}":
                group = self.open.pop() if self.open else self._fail()
                if not self.open:
                    yield group
            elif match.group(2) is not None:
                self._take((match.group(2), ""))

    def _take(self, word):
        self.words.append(word)
        kinds = [kind for kind, _ in self.words]
        texts = [text for kind, text in self.words if kind == "text"]
        if kinds == ["text", "text", "=", "{"]:
            group = Group(*texts)
            if self.open:
                self.open[-1].items.append(group)
            self.open.append(group)
        elif kinds == ["text", "=", "text"] and self.open:
            self.open[-1].add(*texts)
        elif kinds in (["text"], ["text", "="], ["text", "text"], ["text", "text", "="]):
            return
        else:
            self._fail()
        self.words = []

    def _fail(self):
        raise ValueError("no KVGroup: %s" % " ".join(text or kind for kind, text in self.words))


def read_all(stream=None):
    """The groups of standard input, each as soon as it is complete."""
    if stream is None:
        sys.stdin.reconfigure(encoding="utf-8")
        stream = iter(sys.stdin.readline, "")  # iterating over sys.stdin itself would read ahead
    return iter(Reader(stream))


def read(stream=None):
    """The one group of standard input."""
    group = next(read_all(stream), None)
    if group is None:
        raise ValueError("there is no input")
    return group


def write(group, stream=None):
    """Writes one group and flushes it; the caller may be waiting."""
    if stream is None:
        sys.stdout.reconfigure(encoding="utf-8")
        stream = sys.stdout
    stream.write(group.text() + "\n")
    stream.flush()
