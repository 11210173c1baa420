#!/usr/bin/env pluginwrapper3
"""Gives the passwords and private keys of a vault to SPS, and checks them in when the session is over.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What is checked out is therefore remembered in the cookie; and in a file, because a call that runs out of time loses its cookie.
"""
import configparser
import json
import os
from pathlib import Path


class Plugin:
    def __init__(self, configuration):
        """``configuration`` is the text that the administrator entered on SPS; default.cfg is only its template.

        This runs before every hook, so it opens only what every hook needs.
        """
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(configuration)
        self.vault = Path(__file__).parent / parser.get("vault", "file")

    # A hook gets exactly the arguments that it declares, by name, so declare what you use.
    def get_private_key_list(self, session_id, cookie, server_username, server_hostname, server_ip):
        """Called before get_password_list, in SSH only."""
        host, account = self.find_account(server_username, server_hostname, server_ip)
        if "private_key" not in account:
            return None  # nothing found, the cookie stays as it is
        return {
            # Pairs of type and key; SPS takes ssh-rsa and ssh-dss, in PEM with lines of 64 characters.
            "private_keys": [("ssh-rsa", account["private_key"])],
            "cookie": check_out(session_id, cookie, "private key", server_username, host),
        }

    def get_password_list(self, session_id, cookie, server_username, server_hostname, server_ip):
        """May be called several times in a session. SPS tries the passwords in their order."""
        host, account = self.find_account(server_username, server_hostname, server_ip)
        if "password" not in account:
            return {"passwords": []}
        return {
            "passwords": [account["password"]],
            "cookie": check_out(session_id, cookie, "password", server_username, host),
        }

    def authentication_completed(self, cookie):
        """Called when the target took a credential; not called when it refused them all."""
        return {"cookie": dict(cookie, used=True)}

    def session_ended(self, session_id, cookie):
        """Called once, however the session ended. What it returns is ignored."""
        note = Note(session_id)
        checkouts = cookie.get("checkouts", [])
        for what, user, host in checkouts + [entry for entry in note.read() if entry not in checkouts]:
            # Here you would tell a real vault; it might change a credential that was used.
            print(f"{session_id}: checked in the {what} of {user} at {host}, {'used' if cookie.get('used') else 'not used'}")
        note.remove()

    def find_account(self, user, *hosts):
        """The first host of these names that has the user; the host name is None when DNS does not know it."""
        with open(self.vault, encoding="utf-8") as file:
            vault = json.load(file)
        for host in hosts:
            if user in vault.get(host, {}):
                return host, vault[host][user]
        print(f"nothing in the vault for {user} at {' or '.join(host for host in hosts if host)}")
        return None, {}


class Note:
    """What is checked out in a session, in a file of the plugin's own folder on the appliance, which outlives the calls."""

    def __init__(self, session_id):
        folder = os.environ["SCB_PLUGIN_STATE_DIRECTORY"]
        self.file = Path(folder) / (session_id.replace("/", "-").replace(":", "-") + ".json")

    def read(self):
        return json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else []

    def write(self, checkouts):
        self.file.write_text(json.dumps(checkouts), encoding="utf-8")

    def remove(self):
        if self.file.exists():
            self.file.unlink()


def check_out(session_id, cookie, what, user, host):
    """A new cookie, which replaces the stored one: so it starts from a copy."""
    # A list, because a cookie travels as JSON: a tuple would come back as a list, and would not be found below.
    entry = [what, user, host]
    checkouts = cookie.get("checkouts", [])
    if entry in checkouts:
        return cookie
    # Before anything is checked out: a call may be ended at any moment.
    Note(session_id).write(checkouts + [entry])
    print(f"checked out the {what} of {user} at {host}")
    return dict(cookie, checkouts=checkouts + [entry])
