#!/usr/bin/env pluginwrapper3
"""Gives the passwords of a vault to SPS, and checks them in when the session is over.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What a later call must know goes into ``self.cookie``. Never log a credential.
"""
from safeguard.sessions.plugin import CredentialStorePlugin


class Plugin(CredentialStorePlugin):
    """The SDK tries each account with each asset (host name, address, domain), and remembers in the cookie which was found."""

    def do_get_password_list(self):
        """Called for every pair of ``self.account`` and ``self.asset``, until one has a password."""
        password = self.fetch_password(self.account, self.asset)
        if password is None:
            self.logger.info("no password for %s at %s", self.account, self.asset)
            return {"passwords": []}
        self.logger.info("checked out the password of %s at %s", self.account, self.asset)
        return {"passwords": [password]}

    def do_get_private_key_list(self):
        """Called before passwords are asked for, in SSH only."""
        return {"private_keys": []}

    def do_check_in_credential(self):
        """Called when the session is over, and before another credential is checked out."""
        # A real vault would be told here.
        self.logger.info("checked in the password of %s at %s", self.account, self.asset)

    def fetch_password(self, account, asset):
        """The place for a call to your own vault. Give it a timeout: a call has half of the proxy timeout in all."""
        # If its value is "$", the SDK takes it from a local credential store.
        return self.plugin_configuration.get("passwords", f"{account}@{asset}")
