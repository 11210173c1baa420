"""Lets a debugger attach to the plugin's process: debugpy, which speaks the Debug Adapter Protocol from threads of this process.

Its usual adapter process is not started, and processes that the plugin starts are not debugged: they are as in
any call, and nothing can outlive it.
"""
import os
import sys

HOST = "127.0.0.1"
# The host allows a process 0.5 s between its reply and its end.
GOODBYE_S = 0.1


def start(request, channel, shim):
    """Runs before the plugin's folder is searched for modules, so that none of them replaces one that debugpy imports now."""
    debug = request["debug"]
    shim.OWN_FILES += (__file__,)
    try:
        debugpy = import_debugpy()
    except ImportError as error:
        return end(channel, "debugger-missing", shim.to_json({"problem": str(error), **interpreter()}))
    try:
        port = find_port(debug["port"])
    except OSError as error:
        return end(channel, "port-refused", shim.to_json({"port": debug["port"], "problem": error.strerror or str(error)}))
    environment = dict(os.environ)
    debugpy.configure(subProcess=False)
    debugpy.listen((HOST, port), in_process_debug_adapter=True)
    os.environ.clear()
    os.environ.update(environment)
    debugger = wait_for_socket()
    hide(own_folders(request), debugger)
    go_on_without_client()
    end_in_time(debugger)
    channel.send("debugger-waits", shim.to_json({"port": port}))
    debugpy.wait_for_client()
    channel.send("debugger-attached", "")


def watching(hook, is_breaking, channel, shim):
    return stopping_in(hook, channel) if is_breaking else hook


def stopping_in(hook, channel):
    """The next line that is not ours is the hook's first; or, of a hook that a library defines, the first that this calls of the plugin."""
    from _pydevd_bundle.pydevd_additional_thread_info import set_additional_thread_info
    from _pydevd_bundle.pydevd_api import PyDevdAPI
    from _pydevd_bundle.pydevd_comm_constants import CMD_STOP_ON_START

    def call(**kwargs):
        import threading

        if not sys.modules["debugpy"].is_client_connected():
            return hook(**kwargs)
        PyDevdAPI().stop_on_entry()
        result = hook(**kwargs)
        info = set_additional_thread_info(threading.current_thread())
        if info.pydev_original_step_cmd == CMD_STOP_ON_START:
            info.pydev_original_step_cmd = info.pydev_step_cmd = -1
            channel.send("debugger-cannot-stop", "no line of the plugin itself was run")
        return result

    return call


def end(channel, tag, text):
    channel.send(tag, text)
    raise SystemExit


def import_debugpy():
    before = dict(os.environ), sys.path[0]
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else it warns in the plugin's log about modules that are part of the interpreter
    del sys.path[0]  # our own folder
    try:
        import debugpy
        import debugpy.server.api
    finally:
        os.environ.clear()
        os.environ.update(before[0])
        sys.path.insert(0, before[1])
    return debugpy


def interpreter():
    """Which interpreter it is, and whether its pip installs only for it."""
    import importlib.util
    import sysconfig

    mark = os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")
    is_managed = sys.prefix == sys.base_prefix and os.path.exists(mark)
    return {"python": sys.executable, "canInstall": not is_managed and importlib.util.find_spec("pip") is not None}


def find_port(port):
    """The port itself, or a free one for 0. debugpy would report a port in use only in its own log. @raises OSError"""
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return probe.getsockname()[1]


def wait_for_socket():
    """Older releases return from `listen` before they listen."""
    import time

    from _pydevd_bundle.pydevd_constants import get_global_debugger

    debugger = get_global_debugger()
    listener = debugger._waiting_for_connection_thread
    while listener._server_socket is None and listener.is_alive():
        time.sleep(0.005)
    return debugger


def go_on_without_client():
    """Without an adapter nobody detaches a client whose connection breaks, and the plugin would stay where it stopped."""
    from _pydevd_bundle.pydevd_api import PyDevdAPI
    from _pydevd_bundle.pydevd_comm import ReaderThread

    ReaderThread._terminate_on_socket_close = lambda reader: PyDevdAPI().request_disconnect(reader.py_db, resume_threads=True)


def end_in_time(debugger):
    """Before the interpreter waits for its threads, of which debugpy has one that looks every now and then whether others are left, and one that
    nothing wakes. Its own goodbye, which comes after that, takes longer than the process has."""
    import socket
    import threading

    shutdown = threading._shutdown

    def finish():
        listener = debugger._waiting_for_connection_thread
        listener._kill_received = True
        try:
            listener._server_socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # nobody was waited for
        debugger.dispose_and_kill_all_pydevd_threads(timeout=GOODBYE_S)
        shutdown()

    threading._shutdown = finish


def own_folders(request):
    files = [__file__] + ([request["appliance"]["module"]] if request["appliance"] else [])
    folders = {os.path.dirname(os.path.abspath(file)) for file in files}
    return {folder + os.sep for each in folders for folder in (each, os.path.realpath(each))}


def hide(folders, debugger):
    """Frames of ours are neither stopped in nor shown, as those of debugpy itself."""
    from _pydevd_bundle.pydevd_api import PyDevdAPI

    debugpy_folder = os.path.dirname(sys.modules["debugpy"].__file__)
    PyDevdAPI().set_dont_trace_start_end_patterns(debugger, (debugpy_folder, *sorted(folders)), ("debugpy_launcher.py",))
