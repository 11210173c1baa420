from pathlib import Path

import pytest

from pytest_plugin_host import PluginHostError

SAMPLES = Path(__file__).resolve().parents[3] / "sample-plugins"


@pytest.fixture
def otp(plugin_host):
    plugin = plugin_host.open(SAMPLES / "otp")
    yield plugin
    plugin.close()


def test_a_call_has_value_cookie_and_log(plugin_host):
    call = plugin_host.open(SAMPLES / "vault").call("get_password_list", server_username="root")
    assert call.value["passwords"] == ["demo-Copper-Meadow-93"]
    assert call.cookie == {"checkouts": [["password", "root", "5.6.7.8"]]}
    assert "checked out" in call.log
    assert call.raised is None


def test_a_call_keeps_nothing_and_takes_a_cookie(otp):
    assert otp.call("authenticate").verdict == "NEEDINFO"
    assert otp.call("authenticate", cookie={"tries": 3}).verdict == "DENY"


def test_a_session_keeps_cookies_and_answers(plugin_host, otp):
    session = plugin_host.session(aa=otp, connection="ssh-gateway")
    assert session.call("authenticate").verdict == "NEEDINFO"
    assert session.call("authenticate", key_value_pairs={"otp": "123456"}).verdict == "ACCEPT"
    assert session.call("authorize").verdict == "ACCEPT"
    assert len(session.end()) == 1


def test_what_a_plugin_raises_is_told(plugin_host):
    call = plugin_host.open(SAMPLES / "otp", config="[otp]").call("authenticate")
    assert (call.outcome, call.raised) == ("raised", "ValueError")


def test_a_hook_that_there_is_not_is_an_error(otp):
    with pytest.raises(PluginHostError, match="Did you mean authenticate") as error:
        otp.call("autenticate")
    assert error.value.code == "HOOK_UNKNOWN"
