"""Ends what the supervisor finds below itself, and removes what it left."""
import os
import time

try:
    import _signal as signal
except ImportError:
    import signal

KILL_PATIENCE_S = 5.0


def end_tree(supervisor):
    """Stops, walks and kills until nothing is left; tells what had to be ended."""
    give_up = time.monotonic() + KILL_PATIENCE_S
    if not os.path.isdir("/proc/self"):
        signal_all([-supervisor.command_pid], signal.SIGKILL)
        while supervisor.reap() and time.monotonic() < give_up:
            time.sleep(0.001)
        return
    reported = False
    while supervisor.reap():
        stopped = {}
        while True:  # what forked between being seen and being stopped shows up in the next walk
            fresh = {pid: name for pid, name in live_descendants().items() if pid not in stopped}
            if not fresh:
                break
            signal_all(fresh, signal.SIGSTOP)
            stopped.update(fresh)
        if stopped and not reported:
            supervisor.tell("left " + " ".join(sorted(stopped.values())))
            reported = True
        signal_all(stopped, signal.SIGKILL)
        if time.monotonic() > give_up:
            supervisor.tell("survived " + " ".join(str(pid) for pid in stopped))
            return
        supervisor.pump()
        time.sleep(0.001)


def live_descendants():
    """Process ids and names of everything below us that is not a zombie, from /proc."""
    children = {}
    names = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry, "rb") as file:
                stat = file.read()
        except OSError:
            continue  # it ended meanwhile
        head, _, tail = stat.rpartition(b") ")
        state, parent = tail.split(b" ", 2)[:2]
        children.setdefault(int(parent), []).append(int(entry))
        if state != b"Z":
            names[int(entry)] = head.partition(b"(")[2].decode("utf-8", "replace")
    found = {}
    below = children.get(os.getpid(), [])
    while below:
        pid = below.pop()
        below.extend(children.get(pid, []))
        if pid in names:
            found[pid] = names[pid]
    return found


def measure():
    """Processes and threads below us, and their resident memory in bytes; 0 where that cannot be seen."""
    measured = {"PROCESSES": 0, "MEMORY": 0}
    if not os.path.isdir("/proc/self"):
        return measured
    for pid in live_descendants():
        try:
            measured["PROCESSES"] += len(os.listdir("/proc/%d/task" % pid))
            with open("/proc/%d/statm" % pid) as file:
                measured["MEMORY"] += int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        except OSError:
            pass  # it ended meanwhile
    return measured


def signal_all(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass


def remove_folder(path):
    """Removes a folder with all in it, links not followed, permissions that the command took away given back."""
    try:
        if os.path.islink(path):
            return os.unlink(path)
        os.chmod(path, 0o700)
        for entry in os.scandir(path):
            if entry.is_dir(follow_symlinks=False):
                remove_folder(entry.path)
            else:
                os.unlink(entry.path)
        os.rmdir(path)
    except OSError:
        pass  # what cannot be removed is not ours


def signal_listener(pid, number):
    """Sends a signal that would end a process without a handler. False when it has none, or nobody can tell."""
    try:
        with open("/proc/%d/status" % pid, "rb") as status:
            caught = next(line for line in status if line.startswith(b"SigCgt:"))
        if number < 1 or not int(caught.split()[1], 16) >> number - 1 & 1:
            return False
        os.kill(pid, number)
        return True
    except (OSError, StopIteration):
        return False
