#!/usr/bin/env pluginwrapper3
"""Gives the passwords of a vault to SPS, and checks them in when the session is over.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What is checked out is therefore remembered in the cookie. What is printed is the log: never print a credential.
"""
import configparser


class Plugin:
    def __init__(self, configuration):
        """``configuration`` is the text that the administrator entered on SPS; default.cfg is only its template.

        This runs before every hook, so it opens only what every hook needs.
        """
        parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))  # a colon may be part of an address
        parser.read_string(configuration)
        self.passwords = dict(parser["passwords"]) if parser.has_section("passwords") else {}
        if not self.passwords:
            raise ValueError("the configuration needs a section [passwords]")

    # A hook gets exactly the arguments that it declares, by name, so declare what you use.
    def get_password_list(self, cookie, server_username, server_hostname, server_ip):
        """May be called several times in a session. SPS tries the passwords in their order."""
        for host in (server_hostname, server_ip):  # the name is None when DNS does not know it
            password = self.fetch_password(server_username, host) if host else None
            if password is not None:
                print(f"checked out the password of {server_username} at {host}")
                # A returned cookie replaces the stored one, so start from a copy of it.
                checkouts = [each for each in cookie.get("checkouts", []) if each != [server_username, host]]
                return {
                    "passwords": [password],
                    "cookie": dict(cookie, checkouts=checkouts + [[server_username, host]]),
                }
        print(f"no password for {server_username} at {server_hostname or server_ip}")
        return {"passwords": []}  # without a cookie in the reply the stored one stays as it is

    def get_private_key_list(self):
        """Called before get_password_list, in SSH only."""
        return {"private_keys": []}

    def authentication_completed(self, cookie):
        """Called when the target took a credential; not called when it refused them all."""
        return {"cookie": dict(cookie, used=True)}

    def session_ended(self, cookie):
        """Called once, however the session ended. What it returns is ignored."""
        for user, host in cookie.get("checkouts", []):
            # A real vault would be told here; a password that was used might be changed.
            print(f"checked in the password of {user} at {host}, {'used' if cookie.get('used') else 'not used'}")

    def fetch_password(self, user, host):
        """The place for a call to your own vault. Give it a timeout: a call has half of the proxy timeout in all."""
        return self.passwords.get(f"{user}@{host}".lower())  # ConfigParser keeps names in lower case
