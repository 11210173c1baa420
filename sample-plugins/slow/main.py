#!/usr/bin/env pluginwrapper3
"""Takes long to authenticate: longer than it may, if you let it.

A call may take half of the proxy timeout of the protocol. Then SPS kills the process: the session ends, and what the call
would have put into the cookies is lost.
"""
import configparser
import time

STEP = 0.5


class Plugin:
    def __init__(self, configuration):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(configuration)
        self.seconds = parser.getfloat("slow", "seconds", fallback=5)

    def authenticate(self, cookie):
        waited = 0.0
        while waited < self.seconds:
            # Flushed, because a killed process loses what it has not written yet: the lines that would show where it hung.
            print(f"waited {waited} s of {self.seconds} s", flush=True)
            time.sleep(STEP)
            waited += STEP
        return {"verdict": "ACCEPT", "cookie": dict(cookie, waited=waited)}

    def authorize(self):
        return {"verdict": "ACCEPT"}

    def session_ended(self, cookie):
        """Called after a timeout too, with the cookie as it was before the call that was killed."""
        print(f"waited {cookie['waited']} s" if "waited" in cookie else "authenticate never came to its end")
