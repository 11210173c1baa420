#!/usr/bin/env pluginwrapper3
import fcntl
import os
import random
import socket
import subprocess
import time


def fork(then=lambda: time.sleep(600)):
    if os.fork() == 0:
        then()
        os._exit(0)


def leave_twice():
    os.setsid()
    fork()


def hold():
    file = open(os.environ["KILLS_FOLDER"] + "/lock", "a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(os.environ["KILLS_PORT"])))
        listener.listen()
        fork()
    except OSError:
        return  # another call has them


ways = {
    "forks": fork,
    "executes": lambda: subprocess.Popen(["sleep", "600"]),
    "leads": lambda: subprocess.Popen(["sleep", "600"], start_new_session=True),
    "forks twice": lambda: fork(leave_twice),
    "holds": hold,
    "nothing": lambda: None,
}


class Plugin:
    def get_password_list(self, **kwargs):
        ways[random.choice(sorted(ways))]()
        time.sleep(random.random() * 0.3)
        return {"passwords": ["p"]}

    def session_ended(self, **kwargs):
        time.sleep(random.random() * 0.1)
