"""Calls hooks of SPS plugins as the appliance does, each in a process of its own, from tests written for pytest.

The fixture ``plugin_host`` talks to ``plugin-host rpc``; it takes the command from PLUGIN_HOST_COMMAND, from the
environment that pytest runs in, or from PATH. In what pytest shows of a failing test the secrets of all calls so far
are masked, unless PLUGIN_HOST_SHOW_SECRETS=1.
"""
import itertools
import json
import os
import shlex
import subprocess
import sys

import pytest

__tracebackhide__ = True  # a failure is shown in the test, not here


class PluginHostError(Exception):
    """A call could not be made; ``code`` is one of plugin-host's."""

    def __init__(self, code, message, hint):
        super().__init__(f"{code}: {message}\n{hint}")
        self.code = code
        self.hint = hint


class Call:
    """The result of one call. ``record`` is the complete record, as ``plugin-host invoke --json`` prints it, with secrets unmasked."""

    def __init__(self, record):
        self.record = record
        self.outcome = record["outcome"]["kind"]
        self.value = record["outcome"].get("value")
        self.verdict = record["verdict"]
        self.cookie = record["cookie"]["after"]
        self.session_cookie = record["sessionCookie"]["after"]
        self.log = record["outcome"]["log"]
        self.problems = [problem["code"] for problem in record["problems"]]

    @property
    def raised(self):
        """Class of the exception with its module unless built in; None when none was raised."""
        return self.record["outcome"].get("exception")

    @property
    def timed_out(self):
        return self.outcome == "timed-out"

    def __repr__(self):
        outcome = self.record["outcome"]
        stack = "\n".join(f"  {each['file']}:{each['line']} in {each['name']}" for each in outcome.get("stack", []))
        what = outcome.get("traceback") or outcome.get("problem") or self.verdict or (stack and f"at\n{stack}")
        return f"<Call {self.record['hook']}: {self.outcome} {what}\n{self.log}>"


class Plugin:
    """An opened plugin, which can be called; nothing is kept from one call to the next."""

    def __init__(self, host, number):
        self._host = host
        self._number = number

    def call(self, hook, *, connection=None, cookie=None, session_cookie=None, **kwargs):
        """Keyword arguments replace those of the connection, key by key."""
        options = {"connection": connection, "cookie": cookie, "sessionCookie": session_cookie}
        return Call(self._host.request("call", plugin=self._number, hook=hook, kwargs=kwargs, **options))

    def close(self):
        self._host.request("close", plugin=self._number)


class Session:
    """Calls that share cookies and answers."""

    def __init__(self, host, number):
        self._host = host
        self._number = number

    def call(self, hook, *, plugin=None, **kwargs):
        return Call(self._host.request("session.call", session=self._number, hook=hook, kwargs=kwargs, plugin=plugin))

    def end(self):
        return [Call(record) for record in self._host.request("session.end", session=self._number)]


class PluginHost:
    """One running ``plugin-host rpc``, started with the first request."""

    def __init__(self, command):
        self._command = command
        self._process = None
        self._numbers = itertools.count(1)

    def open(self, path, **options):
        """``options`` as ``openPlugin`` takes them: config, python, proxyTimeoutMs, services, stateDir, api, spsVersion."""
        return Plugin(self, self.request("open", path=os.fspath(path), **options)["plugin"])

    def session(self, aa=None, credentialstore=None, connection=None):
        members = {"aa": aa, "credentialstore": credentialstore}
        numbers = {name: getattr(each, "_number", each) for name, each in members.items()}
        return Session(self, self.request("session.open", connection=connection, **numbers)["session"])

    def request(self, method, **params):
        process = self._start()
        given = {name: value for name, value in params.items() if value is not None}
        number = next(self._numbers)
        process.stdin.write(json.dumps({"id": number, "method": method, "params": given}) + "\n")
        process.stdin.flush()
        answer = {}
        while answer.get("id") != number:  # what was asked before may have been given up
            line = process.stdout.readline()
            if not line:
                hint = "See what it wrote to stderr."
                raise PluginHostError("HOST_FAILED", f"plugin-host ended with {process.wait()}", hint)
            answer = json.loads(line)
        if "error" in answer:
            raise PluginHostError(**answer["error"])
        return answer["result"]

    def close(self):
        """Ends what is open; leaves no process behind."""
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()
            self._process = None

    def mask(self, report):
        """Masks the secrets of all calls so far in the texts of a report."""
        if self._process is None or self._process.poll() is not None:
            return
        places = [
            place
            for name in ("longrepr", "sections")
            for place in _texts_in(getattr(report, name), lambda text, name=name: setattr(report, name, text))
        ]
        masked = self.request("mask", texts=[text for text, _replace in places])["texts"]
        for (text, replace), shown in zip(places, masked):
            if shown != text:
                replace(shown)

    def _start(self):
        if self._process is None:
            try:
                self._process = subprocess.Popen(
                    [*self._command, "rpc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
                )
            except OSError as error:
                hint = "Put plugin-host on PATH or name it in PLUGIN_HOST_COMMAND."
                raise PluginHostError("HOST_FAILED", f"{self._command[0]}: {error}", hint) from error
        return self._process


def _texts_in(value, replace):
    """Each text in a report of pytest, whose parts are objects, lists and tuples, with what puts another one in its place."""
    if isinstance(value, str):
        yield value, replace
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts_in(each, lambda text, index=index: value.__setitem__(index, text))
    elif isinstance(value, tuple):
        parts = list(value)

        def replace_part(index, text):
            parts[index] = text
            replace(tuple(parts))

        for index, each in enumerate(value):
            yield from _texts_in(each, lambda text, index=index: replace_part(index, text))
    elif hasattr(value, "__dict__"):
        names = vars(value)
        for name, each in list(names.items()):
            yield from _texts_in(each, lambda text, name=name: names.__setitem__(name, text))


_hosts = []


@pytest.fixture(scope="session")
def plugin_host():
    """Opens plugins: ``plugin_host.open(".").call("get_password_list", server_username="root")``."""
    host = PluginHost(find_command())
    _hosts.append(host)
    yield host
    _hosts.remove(host)
    host.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport():
    """Masks what a failing test shows: source lines, values, captured output."""
    result = yield
    report = result.get_result()
    if report.failed and os.environ.get("PLUGIN_HOST_SHOW_SECRETS", "0") in ("", "0"):
        for host in _hosts:
            host.mask(report)


def find_command():
    """An environment need not be activated for the plugin-host that is installed in it to be found."""
    beside = os.path.join(os.path.dirname(sys.executable), "plugin-host")
    default = shlex.quote(beside) if os.path.exists(beside) else "plugin-host"
    return shlex.split(os.environ.get("PLUGIN_HOST_COMMAND", default))
