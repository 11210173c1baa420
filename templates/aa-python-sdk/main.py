#!/usr/bin/env pluginwrapper3
"""Asks the user for a one-time password before the session may start.

SPS starts a fresh process for every call and ends it after the reply, so nothing in this module or in ``self`` survives.
What a later call must know goes into ``self.cookie``. Never log a password or an answer.
"""
import hmac

from safeguard.sessions.plugin import AAPlugin, AAResponse


class Plugin(AAPlugin):
    """The SDK finds the user, asks for the one-time password as section [auth] says, and keeps the cookie."""

    def do_authenticate(self):
        # Empty in protocols that cannot ask: the place for a push notification.
        if self.is_right(self.mfa_identity, self.mfa_password):
            return AAResponse.accept("one-time password")

        tries = self.cookie.get("tries", 0) + 1
        self.cookie["tries"] = tries
        max_tries = self.plugin_configuration.getint("otp", "tries", default=3)
        self.logger.info("%s gave a wrong one-time password, %d of %d", self.mfa_identity, tries, max_tries)
        if tries >= max_tries or self.connection.protocol.lower() not in self.INTERACTIVE_PROTOCOLS.split(","):
            # The second text is shown to the user.
            return AAResponse.deny("wrong one-time password", deny_reason="The one-time password is missing or wrong.")
        # The third argument: what the user types is hidden.
        return AAResponse.need_info("Wrong. One-time password: ", "otp", True)

    def do_authorize(self):
        """Called after authenticate, when the target is known."""
        self.logger.info("%s goes to %s", self.username, self.connection.server_ip)
        return AAResponse.accept()

    def do_session_ended(self):
        """Called once, also after a denial."""
        self.logger.info("session %s is over", self.connection.session_id)

    def is_right(self, user, answer):
        """Call your own service here. Give it a timeout: a call has half of the proxy timeout in total."""
        # If its value is "$", the SDK takes it from a local credential store.
        passcode = self.plugin_configuration.get("otp", "passcode", required=True)
        return passcode != "" and hmac.compare_digest(passcode.encode(), answer.strip().encode())
