"""Keeps which lines of the plugin are run, in its process and in all that it forks: each line at once, so that however a process ends, what it
reached is known. Nothing of it is in the plugin's way: no thread, no open file, no module that a plugin could miss or find. Python 3.12 and
newer tells each line once (sys.monitoring, the tool id of coverage tools); an older one tells all lines to a trace function.

A file of the plugin has one of the same relative name in the folder: one byte for each of its lines, 1 where it was run.
"""
import os
import sys
from os import O_CREAT, O_RDONLY, O_WRONLY, close, makedirs, open, pwrite, read

MOST_BYTES = 1 << 24


def start(folder, root, shim):
    shim.OWN_FILES += (__file__,)
    files, inside = {}, root + os.sep

    def reached_in(name):
        """The lines of a file of the plugin; None of any other file."""
        if name not in files:
            files[name] = Reached(folder + os.sep + name[len(inside) :]) if name.startswith(inside) else None
        return files[name]

    if not monitor(reached_in):
        trace(reached_in)


class Reached(object):
    """The lines of one file, from 1, in all processes of its plugin."""

    def __init__(self, path):
        self.path = path
        self.lines = set()
        try:
            descriptor = open(path, O_RDONLY)
            self.lines.update(number for number, byte in enumerate(read(descriptor, MOST_BYTES)) if byte)
            close(descriptor)
        except OSError:
            pass  # no process came here before

    def add(self, line):
        self.lines.add(line)
        try:
            try:
                descriptor = open(self.path, O_WRONLY | O_CREAT, 0o600)
            except FileNotFoundError:
                makedirs(os.path.dirname(self.path), 0o700, True)
                descriptor = open(self.path, O_WRONLY | O_CREAT, 0o600)
            pwrite(descriptor, b"\1", line)
            close(descriptor)
        except OSError:
            pass  # the plugin has reached a limit

    def tracer(self):
        """A local trace function, which closes over all that it needs: it is called for each line."""
        lines, add = self.lines, self.add

        def trace_line(frame, event, argument):
            if event == "line" and frame.f_lineno not in lines:
                add(frame.f_lineno)
            return trace_line

        return trace_line


def monitor(reached_in):
    """In all threads. False where Python does not offer it, or another tool has its place."""
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None:
        return False
    tool, events = monitoring.COVERAGE_ID, monitoring.events
    try:
        monitoring.use_tool_id(tool, "plugin-host")
    except ValueError:
        return False

    def begin(code, offset):
        if reached_in(code.co_filename) is not None:
            monitoring.set_local_events(tool, code, events.LINE)
        return monitoring.DISABLE

    def run_line(code, line):
        reached = reached_in(code.co_filename)
        if line not in reached.lines:
            reached.add(line)
        return monitoring.DISABLE

    monitoring.register_callback(tool, events.PY_START, begin)
    monitoring.register_callback(tool, events.LINE, run_line)
    monitoring.set_events(tool, events.PY_START)
    return True


def trace(reached_in):
    import threading

    tracers = {}

    def trace_call(frame, event, argument):
        name = frame.f_code.co_filename
        if name not in tracers:
            reached = reached_in(name)
            tracers[name] = None if reached is None else reached.tracer()
        return tracers[name]

    threading.settrace(trace_call)
    sys.settrace(trace_call)
