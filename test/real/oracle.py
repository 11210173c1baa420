"""Calls one hook of one Python plugin the plainest way there is: what plugin-host's own call is compared with.

A fresh process. The request is JSON on standard input, the reply is JSON on descriptor 3; what the plugin prints goes to its
own streams. It shares no code with plugin-host.
"""
import json
import os
import sys


def fill_services(services):
    """In place, as the SDK binds some of these dicts where they were defined; before the plugin is imported."""
    import safeguard.sessions.plugin  # first: its parts import each other in a circle
    from safeguard.sessions.plugin_impl import box_config, credential_store, ldap_server, user_list

    credential_store.credential_stores.clear()
    credential_store.credential_stores.update(services.get("credentialStores", {}))
    ldap_server.ldap_servers.clear()
    ldap_server.ldap_servers.update(services.get("ldapServers", {}))
    user_list.user_lists.clear()
    user_list.user_lists.update(services.get("userLists", {}))
    box_config.stable_box_configuration.update(services.get("box", {}))
    box_config.stable_box_configuration["trusted_ca_lists_location"] = os.path.join(os.environ["TMPDIR"], "ca")
    box_config.unstable_box_configuration.clear()
    box_config.unstable_box_configuration.update(services.get("rest", {}))


def select(function, kwargs):
    import inspect

    parameters = inspect.signature(function).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return kwargs
    return {parameter.name: kwargs.get(parameter.name) for parameter in parameters}


def call(request):
    import main

    plugin = main.Plugin(request["configuration"])
    hook = getattr(plugin, request["hook"])
    kwargs = select(hook, request["kwargs"])
    received = json.loads(json.dumps(kwargs))
    return {"kind": "returned", "received": received, "value": hook(**kwargs)}


def describe(error):
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else kind.__module__ + "."
    return {"kind": "raised", "exception": module + kind.__qualname__, "message": str(error)}


def run():
    request = json.load(sys.stdin)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    root = request["root"]
    sys.path[0] = root
    sys.argv = [os.path.join(root, "main.py")]
    os.chdir(root)
    try:
        fill_services(request["services"])
        reply = call(request)
    except Exception as error:
        reply = describe(error)
    with os.fdopen(3, "w") as channel:
        json.dump(reply, channel, allow_nan=False)


run()
