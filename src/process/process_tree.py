"""Ends what the supervisor finds below itself, and removes what it left."""
import os
import time

try:
    import _signal as signal
except ImportError:
    import signal

KILL_PATIENCE_S = 5.0
LEAVING_PATIENCE_S = 1.0
LOOK_S = 0.01


def end_tree(supervisor):
    """Stops, walks and kills until nothing is left; reports what had to be ended."""
    if not os.path.isdir("/proc/self"):
        return end_group(supervisor)
    if not supervisor.is_cut_short:
        await_leavers(supervisor)
    kill_all(supervisor, lambda: live_descendants(os.getpid()))


def end_group(supervisor):
    """Where processes cannot be seen."""
    give_up = time.monotonic() + KILL_PATIENCE_S
    signal_all([-supervisor.command_pid], signal.SIGKILL)
    while supervisor.reap() and time.monotonic() < give_up:
        time.sleep(0.001)


def await_leavers(supervisor):
    """Processes that end with their parent, such as a resource tracker of multiprocessing, are ending when the parent has ended."""
    give_up = time.monotonic() + LEAVING_PATIENCE_S
    asleep = set()
    while supervisor.reap() and time.monotonic() < give_up:
        found = live_descendants(os.getpid())
        waiting = {pid for pid in found if not is_running(found[pid])}
        if waiting & asleep:
            return  # it waits for something that is not the end of its parent
        asleep = waiting
        supervisor.pump()
        time.sleep(LOOK_S)


def is_over(supervisor):
    """Whether a command that has replied waits for something instead of ending."""
    stat = read_stat(supervisor.command_pid)
    return stat is None or not is_running(stat) or time.monotonic() > supervisor.overdue + KILL_PATIENCE_S


def end_orphans(supervisor, station):
    """Ends the processes of a station that was killed. They have come to us, because no process between is a subreaper. Stations come to us as
    well when their server dies, but they have the session of the server, which no other process can join."""
    give_up = time.monotonic() + KILL_PATIENCE_S
    while time.monotonic() < give_up:
        state, session = (read_stat(station) or (None, None, "Z", None))[2:]
        if state == "Z" or session != supervisor.command_pid:
            break
        time.sleep(0.001)  # it is still ending, and its children still belong to it
    return kill_all(supervisor, lambda: find_orphans(supervisor), "swept")


def find_orphans(supervisor):
    below = {}
    for root in children_of(os.getpid()):
        stat = read_stat(root)
        if stat is not None and stat[3] != supervisor.command_pid:
            if stat[2] != "Z":
                below[root] = stat
            below.update(live_descendants(root))
    return below


def kill_all(supervisor, find, word="left"):
    """Until `find()` finds nothing; reports once, with `word`, what had to be ended."""
    give_up = time.monotonic() + KILL_PATIENCE_S
    ended = {}
    while supervisor.reap():
        stopped = {}
        while True:  # a process that forked between being seen and being stopped is found in the next walk
            fresh = {pid: stat for pid, stat in find().items() if pid not in stopped}
            if not fresh:
                break
            signal_all(fresh, signal.SIGSTOP)
            stopped.update(fresh)
        if not stopped and word != "left":
            break  # we have other children, which stay
        if stopped and not ended and word == "left":
            tell_names(supervisor, word, stopped)
        ended.update(stopped)
        signal_all(stopped, signal.SIGKILL)
        if time.monotonic() > give_up:
            supervisor.tell("survived " + " ".join(str(pid) for pid in stopped))
            break
        supervisor.pump()
        time.sleep(0.001)
    if word != "left":
        tell_names(supervisor, word, ended)


def tell_names(supervisor, word, stats):
    supervisor.tell(" ".join([word] + sorted(printable(stats[pid][1]) for pid in stats)))


def printable(name):
    """A process chooses its own name: it must neither end our line nor look like two names."""
    return "".join(each if "!" <= each <= "~" or each > "\xa0" and each.isprintable() else "?" for each in name) or "?"


def is_running(stat):
    """Has work to do, or waits for a disk."""
    return stat[2] in "RD"


def read_stat(pid):
    """Parent, name, state and session; None when there is no such process."""
    try:
        with open("/proc/%s/stat" % pid, "rb") as file:
            stat = file.read()
    except OSError:
        return None
    head, _, tail = stat.rpartition(b") ")
    state, parent, _, session = tail.split(b" ", 4)[:4]
    return int(parent), head.partition(b"(")[2].decode("utf-8", "replace"), state.decode(), int(session)


def children_of(pid):
    """Of all threads of a process; reading what the system says of every process takes it 20 ms on a busy machine. While they come and go some may be
    missing; they are found in the next walk."""
    children = []
    try:
        for thread in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/children" % (pid, thread), "rb") as file:
                children.extend(int(each) for each in file.read().split())
    except OSError:
        if not os.path.exists("/proc/self/task/%d/children" % os.getpid()):
            return [child for child, stat in read_stats().items() if stat[0] == pid]
    return children


def read_stats():
    stats = {int(entry): read_stat(entry) for entry in os.listdir("/proc") if entry.isdigit()}
    return {pid: stat for pid, stat in stats.items() if stat is not None}


def live_descendants(root):
    """What `read_stat` says of everything below `root` that is not a zombie."""
    found = {}
    below = children_of(root)
    while below:
        pid = below.pop()
        stat = read_stat(pid)
        if stat is not None and pid not in found:
            below.extend(children_of(pid))
            if stat[2] != "Z":
                found[pid] = stat
    return found


def measure():
    """Processes and threads below us, and their resident memory in bytes; 0 where that cannot be seen."""
    measured = {"PROCESSES": 0, "MEMORY": 0}
    if not os.path.isdir("/proc/self"):
        return measured
    for pid in live_descendants(os.getpid()):
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


def remove_folder(top):
    """Removes a folder with everything in it. Links are not followed, and permissions that the command removed are restored. What is deeper than two
    folders is moved up first, because a path may be longer than the system allows."""
    top = os.fsdecode(top)
    try:
        if os.path.islink(top):
            return os.unlink(top)
        os.chmod(top, 0o700)
        number = 0
        while True:
            entries = list(os.scandir(top))
            if not entries:
                return os.rmdir(top)
            for entry in entries:
                number = remove_entry(top, entry, number)
    except OSError:
        pass  # what cannot be removed is not ours


def remove_entry(top, entry, number):
    if not entry.is_dir(follow_symlinks=False):
        os.unlink(entry.path)
        return number
    os.chmod(entry.path, 0o700)
    for child in list(os.scandir(entry.path)):
        if not child.is_dir(follow_symlinks=False):
            os.unlink(child.path)
            continue
        os.chmod(child.path, 0o700)
        while True:
            number += 1
            target = os.path.join(top, "%d~" % number)
            if not os.path.lexists(target):
                break
        os.rename(child.path, target)
    os.rmdir(entry.path)
    return number


def signal_listener(pid, number):
    """Sends a signal that would end a process without a handler. False when it has none, or when that is unknown."""
    try:
        with open("/proc/%d/status" % pid, "rb") as status:
            caught = next(line for line in status if line.startswith(b"SigCgt:"))
        if number < 1 or not int(caught.split()[1], 16) >> number - 1 & 1:
            return False
        os.kill(pid, number)
        return True
    except (OSError, StopIteration):
        return False
