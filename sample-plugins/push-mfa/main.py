#!/usr/bin/env pluginwrapper3
"""Asks a service over HTTPS: a push to the user's telephone, or a code that the user types. It needs nothing but Python."""
import configparser
import json
import time
import urllib.request
from http.client import HTTPException

# No connection, a certificate that is not trusted, a status of failure; an answer that breaks off; one that is not what it should be.
FAILURES = (OSError, HTTPException, ValueError, KeyError)


class Plugin:
    def __init__(self, configuration):
        parser = configparser.ConfigParser()
        parser.read_string(configuration)
        self.mfa = parser["mfa"]

    def authenticate(self, key_value_pairs, gateway_user=None):
        if not gateway_user:
            return {"verdict": "DENY", "additional_metadata": "there is no gateway user to ask about"}
        code = key_value_pairs.get("otp")
        try:
            if code is None and self.has_telephone(gateway_user):
                return self.decide(self.push(gateway_user))
            if code is None:
                return {"verdict": "NEEDINFO", "question": ["otp", "Code: ", True]}
            return self.decide(self.ask("/v1/codes", {"user": gateway_user, "code": code})["result"])
        except FAILURES as error:
            print("the service did not answer as it should:", error)
            return {"verdict": "DENY", "additional_metadata": "the service cannot be asked"}

    def authorize(self):
        return {"verdict": "ACCEPT"}

    def session_ended(self, session_id):
        pass

    @staticmethod
    def decide(result):
        print("the service says", result)
        return {"verdict": "ACCEPT" if result == "approved" else "DENY"}

    def has_telephone(self, user):
        return "push" in self.ask("/v1/users/" + user)["ways"]

    def push(self, user):
        """Waits until the user has decided."""
        number = self.ask("/v1/pushes", {"user": user})["id"]
        while True:
            result = self.ask("/v1/pushes/" + number)["result"]
            if result != "waiting":
                return result
            time.sleep(self.mfa.getfloat("poll_seconds", 1))

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": "Bearer " + self.mfa["api_key"], "Content-Type": "application/json"}
        request = urllib.request.Request(self.mfa["url"] + path, data, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
