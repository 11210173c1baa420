"""Connects pdb to the user's terminal. The plugin's own standard streams stay what they are in any call."""
import bdb
import os
import pdb
import sys


def start(request, channel, shim):
    """Runs before the plugin's folder is searched for modules, as the other debugger does."""
    shim.OWN_FILES += (__file__,)
    # Not for control: Ctrl-C stays with the host.
    descriptor = os.open(request["debug"]["terminal"], os.O_RDWR | os.O_NOCTTY)
    screen = open(descriptor, "w", encoding="utf-8", errors="replace", closefd=False)
    keyboard = open(descriptor, "r", encoding="utf-8", errors="replace", closefd=False)

    def create():
        return pdb.Pdb(stdin=keyboard, stdout=screen, nosigint=True, readrc=False)

    def stop(*args, **kwargs):
        create().set_trace(sys._getframe(1))

    sys.breakpointhook = stop
    shim.create_debugger = create


def watching(hook, is_breaking, channel, shim):
    """An exception of the hook opens the debugger where it was raised."""

    def call(**kwargs):
        try:
            return run_stopping(shim.create_debugger(), hook, kwargs) if is_breaking else hook(**kwargs)
        except bdb.BdbQuit:
            raise bdb.BdbQuit("the debugger was left with q") from None
        except Exception as error:
            debugger = shim.create_debugger()
            debugger.message("%s: %s" % (type(error).__name__, error))
            debugger.reset()
            debugger.interaction(None, error.__traceback__.tb_next)
            raise

    return call


def run_stopping(debugger, hook, kwargs):
    """As `runcall`, which takes a debugger that was left for a hook that returned nothing."""
    debugger.reset()
    sys.settrace(debugger.trace_dispatch)
    try:
        return hook(**kwargs)
    finally:
        sys.settrace(None)
