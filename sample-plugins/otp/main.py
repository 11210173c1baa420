#!/usr/bin/env pluginwrapper3
"""Asks the user for a one-time password before the session may start.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What a later call must know goes into the cookie.
"""
import configparser
import hmac
import time

from totp import totp

# In other protocols SPS cannot ask. There the password comes with the login name: otp=123456@root
ASKING_PROTOCOLS = ("ssh", "telnet", "rdp")
PERIOD = 30


class Plugin:
    def __init__(self, configuration):
        """``configuration`` is the text that the administrator entered on SPS; default.cfg is only its template."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(configuration)
        self.code = parser.get("otp", "code", fallback="")
        self.secret = parser.get("otp", "secret", fallback="")
        self.max_tries = parser.getint("otp", "tries", fallback=3)
        self.groups = parser.get("otp", "groups", fallback="").split()
        if not self.code and not self.secret:
            raise ValueError("the configuration needs a secret (or a code) in section [otp]")

    # A hook gets exactly the arguments that it declares, by name, so declare what you use.
    def authenticate(self, cookie, session_cookie, protocol, gateway_user, server_username, key_value_pairs):
        """Called again, in a new process, after every answer."""
        user = find_user(gateway_user, server_username, key_value_pairs)
        if user is None:
            return deny("No user name was given.")

        # The answer comes under the key of the question. Empty text is an answer too, so test for None, not for "not answer".
        answer = key_value_pairs.get("otp")
        if answer is not None and self.is_right(answer):
            print(f"{user} gave the right one-time password")
            return {
                "verdict": "ACCEPT",
                # SPS reads these two only together. They replace what it knew about the user.
                "gateway_user": user,
                "gateway_groups": self.groups,
                "additional_metadata": "one-time password",  # shown in the search of the session database
                # A returned cookie replaces the stored one, so start from a copy of it.
                "cookie": dict(cookie, user=user),
                # All plugins of the session see the session cookie; only this plugin sees the cookie.
                "session_cookie": dict(session_cookie, mfa="otp"),
            }

        tries = cookie.get("tries", 0)
        if answer is not None:
            tries += 1
            print(f"{user} gave a wrong one-time password, {tries} of {self.max_tries}")
        if tries >= self.max_tries or protocol not in ASKING_PROTOCOLS:
            return deny("The one-time password is missing or wrong.", dict(cookie, tries=tries))
        return {
            "verdict": "NEEDINFO",
            # Key, prompt, and whether typing is hidden.
            "question": ("otp", "One-time password: ", True),
            "cookie": dict(cookie, tries=tries),
        }

    def authorize(self, cookie, server_username, server_ip, server_port):
        """Called after authenticate, when the target is known."""
        user = cookie.get("user")
        if user is None:
            return deny("The one-time password was not checked.")
        print(f"{user} goes to {server_username} at {server_ip}:{server_port}")
        return {"verdict": "ACCEPT"}  # without cookies both stay as they are

    def session_ended(self, session_id, cookie):
        """Called once, also after a denial. What it returns is ignored."""
        print(f"session {session_id} of {cookie.get('user', 'nobody')} is over")

    def is_right(self, answer):
        """Call your own service here."""
        now = time.time()
        # A clock may be off and typing takes time, so the neighbouring codes count too.
        codes = [self.code] if self.code else [totp(self.secret, now + drift, PERIOD) for drift in (-PERIOD, 0, PERIOD)]
        return any(hmac.compare_digest(code.encode(), answer.strip().encode()) for code in codes)


def find_user(gateway_user, server_username, key_value_pairs):
    """No name is always there: gateway_user is None until somebody has authenticated the user."""
    names = (gateway_user, key_value_pairs.get("gu"), server_username, key_value_pairs.get("username"))
    return next((name for name in names if name), None)


def deny(reason, cookie=None):
    """The user sees the reason."""
    verdict = {"verdict": "DENY", "reason": reason}
    return verdict if cookie is None else dict(verdict, cookie=cookie)
