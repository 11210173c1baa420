#!/usr/bin/env pluginwrapper3
"""Asks the user for a one-time password before the session may start.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What a later call must know goes into the cookie. What is printed is the log: never print a password or an answer.
"""
import configparser
import hmac

# In other protocols SPS cannot ask. There the password comes with the login name: otp=123456@root
ASKING_PROTOCOLS = ("ssh", "telnet", "rdp")


class Plugin:
    def __init__(self, configuration):
        """``configuration`` is the text that the administrator entered on SPS; default.cfg is only its template."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(configuration)
        self.passcode = parser.get("otp", "passcode", fallback="")
        self.max_tries = parser.getint("otp", "tries", fallback=3)
        if not self.passcode:
            raise ValueError("the configuration needs a passcode in section [otp]")

    # A hook gets exactly the arguments that it declares, by name, so declare what you use.
    def authenticate(self, cookie, protocol, gateway_user, server_username, key_value_pairs):
        """Called again, in a new process, after every answer."""
        user = gateway_user or key_value_pairs.get("gu") or server_username or key_value_pairs.get("username")
        if not user:
            return {"verdict": "DENY", "reason": "No user name was given."}

        # The answer comes under the key of the question. Empty text is an answer too, so test for None, not for "not answer".
        answer = key_value_pairs.get("otp")
        if answer is not None and self.is_right(user, answer):
            print(f"{user} gave the right one-time password")
            # A returned cookie replaces the stored one, so start from a copy of it.
            # SPS reads user and groups only together; they replace what it knew about the user.
            return {
                "verdict": "ACCEPT",
                "gateway_user": user,
                "gateway_groups": [],
                "cookie": dict(cookie, user=user),
            }

        tries = cookie.get("tries", 0)
        if answer is not None:
            tries += 1
            print(f"{user} gave a wrong one-time password, {tries} of {self.max_tries}")
        cookie = dict(cookie, tries=tries)
        if tries >= self.max_tries or protocol not in ASKING_PROTOCOLS:
            # The user sees the reason.
            return {"verdict": "DENY", "reason": "The one-time password is missing or wrong.", "cookie": cookie}
        # Key, prompt, and whether typing is hidden.
        return {"verdict": "NEEDINFO", "question": ("otp", "One-time password: ", True), "cookie": cookie}

    def authorize(self, cookie, server_username, server_ip):
        """Called after authenticate, when the target is known."""
        user = cookie.get("user")
        if user is None:
            return {"verdict": "DENY", "reason": "The one-time password was not checked."}
        print(f"{user} goes to {server_username} at {server_ip}")
        return {"verdict": "ACCEPT"}  # without a cookie in the reply the stored one stays as it is

    def session_ended(self, session_id, cookie):
        """Called once, also after a denial. What it returns is ignored."""
        print(f"session {session_id} of {cookie.get('user', 'nobody')} is over")

    def is_right(self, user, answer):
        """Call your own service here. Give it a timeout: a call has half of the proxy timeout in total."""
        return hmac.compare_digest(self.passcode.encode(), answer.strip().encode())
