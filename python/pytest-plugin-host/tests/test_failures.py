from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

VAULT = Path(__file__).resolve().parents[3] / "sample-plugins" / "vault"

FAILING = f"""
def test_passwords(plugin_host):
    call = plugin_host.open({str(VAULT)!r}).call("get_password_list", server_username="root")
    print("found", call.value)
    assert call.value["passwords"] == ["wanted-3-Secret"]

def test_no_hook(plugin_host):
    plugin_host.open({str(VAULT)!r}).call("get_pasword_list")
"""


def run(pytester, config):
    pytester.makepyfile(FAILING)
    # A process of its own finds it by itself where it is installed; then it must not be named again.
    is_installed = config.pluginmanager.has_plugin("plugin_host")
    result = pytester.runpytest_subprocess("-vv", *([] if is_installed else ["-p", "pytest_plugin_host"]))
    result.assert_outcomes(failed=2)
    return result.stdout.str()


@pytest.fixture
def shown(pytester, pytestconfig):
    return run(pytester, pytestconfig)


def test_secrets_are_masked_in_what_a_failure_shows(shown):
    assert "demo-Copper-Meadow-93" not in shown
    assert "found {'passwords': ['***']" in shown
    assert "assert ['***'] == ['wanted-3-Secret']" in shown


def test_secrets_are_shown_on_request(monkeypatch, pytester, pytestconfig):
    monkeypatch.setenv("PLUGIN_HOST_SHOW_SECRETS", "1")
    assert "demo-Copper-Meadow-93" in run(pytester, pytestconfig)


def test_the_frames_of_the_plugin_are_hidden(shown):
    assert "Did you mean get_password_list?" in shown
    assert "pytest_plugin_host.py" not in shown
