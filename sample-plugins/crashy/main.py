#!/usr/bin/env pluginwrapper3
"""Fails in the way that the name of the server's user says, to show what each failure looks like.

On SPS they all look the same to the user: the session ends. Only the log shows the difference.
"""
import configparser
import os
import signal
import sys


class Plugin:
    def __init__(self, configuration):
        """Most constructors fail on an empty configuration; so does this one."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(configuration)
        self.default = parser.get("crashy", "default")

    def authenticate(self, server_username):
        failure = getattr(self, f"fail_by_{server_username or self.default}", None)
        if failure is None:
            names = (name[len("fail_by_") :] for name in dir(self) if name.startswith("fail_by_"))
            print(f"{server_username} is no failure; take one of: {', '.join(names)}")
            return {"verdict": "ACCEPT"}
        print(f"about to fail by {failure.__name__[len('fail_by_'):]}", flush=True)
        return failure()

    def authorize(self):
        return {"verdict": "ACCEPT"}

    def session_ended(self):
        print("session_ended is called after every failure")

    def fail_by_raise(self):
        return {"verdict": "ACCEPT", "gateway_user": {}["user"]}

    def fail_by_exit(self):
        sys.exit(3)

    def fail_by_kill(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def fail_by_loop(self):
        while True:
            pass

    def fail_by_set(self):
        """The reply is JSON, which has lists and dicts but no sets."""
        return {"verdict": "ACCEPT", "gateway_user": "wsmith", "gateway_groups": {"dba", "ops"}}

    def fail_by_verdict(self):
        """Case matters."""
        return {"verdict": "accept"}
