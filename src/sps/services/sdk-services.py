"""Fills the dictionaries of the SDK's back end in place: other modules hold references to them. Those of credential_store, ldap_server,
user_list and box_config look the same from SDK 1.1.7 to 1.9.1."""
import binascii
import os

# Names of errors by status, as the REST interface has them.
REST_ERRORS = {
    401: ("Unauthenticated", "There is no valid session"),
    403: ("Unauthorized", "The session lacks the privilege"),
    404: ("NotFound", "The resource was not found"),
    500: ("InternalError", "An unexpected error occurred"),
}


def install(data, watch):
    services, faults = data["services"], data["faults"]
    backend = "safeguard.sessions.plugin_impl."

    def fill(module, name, make):
        watch.after(backend + module, lambda loaded: getattr(loaded, name).update(make(loaded)))

    fill("credential_store", "credential_stores", lambda _: credential_stores(services.get("credentialStores", {})))
    fill("user_list", "user_lists", lambda _: user_lists(services.get("userLists", {}), faults.get("userLists", [])))
    fill("ldap_server", "ldap_servers", lambda loaded: ldap_servers(services.get("ldapServers", {}), faults.get("ldapServers", []), loaded.LDAPOperationError))
    fill("box_config", "stable_box_configuration", lambda _: stable_box_configuration(services))
    fill("box_config", "unstable_box_configuration", lambda _: rest_model(services.get("rest", {})))
    watch.after(backend + "box_config", lambda loaded: answer_queries(loaded, services, faults.get("rest")))
    # The published stand-in keeps one store for each instance, and its imports take 100 ms.
    watch.replace(backend + "memory_cache", lambda module: provide_memory_cache(module, data))


def credential_stores(stores):
    def rows(credentials):
        return [(each,) for each in credentials["passwords"] + credentials["keys"]]

    return {
        store: {user: {host: rows(credentials) for host, credentials in hosts.items()} for user, hosts in users.items()}
        for store, users in stores.items()
    }


def user_lists(lists, missing):
    return {} if missing is True else {name: each for name, each in lists.items() if name not in missing}


def ldap_servers(servers, down, error_class):
    class Down(dict):
        """A directory that does not answer any query."""

        def __init__(self, policy):
            dict.__init__(self)
            self.policy = policy

        def fail(self, *_):
            raise error_class("Can't contact LDAP server", {"policy": self.policy})

        __getitem__ = __contains__ = get = fail

    def value(given):
        if isinstance(given, list):
            return [value(each) for each in given]
        return binascii.a2b_base64(given["base64"]) if isinstance(given, dict) else given

    def directory(server):
        users = {name: {key: value(each) for key, each in user.items()} for name, user in server.get("users", {}).items()}
        return dict(server, users=users) if "users" in server else server

    return {name: Down(name) if down is True or name in down else directory(server) for name, server in servers.items()}


def stable_box_configuration(services):
    # The SDK empties and makes this folder at every use; its default place is shared by all processes of the machine.
    location = os.path.join(os.environ.get("TMPDIR", "/tmp"), "trusted_ca_lists-%d" % os.getpid())
    return dict(services.get("box", {}), trusted_ca_lists=services.get("trustedCaLists", {}), trusted_ca_lists_location=location)


def rest_model(answers):
    """Nested by path. An answer with paths below it is copied, so that they are not added to the answer itself."""
    model = {}
    for path in sorted(answers, key=len):
        *above, last = path.split("/")
        node = model
        for step in above:
            node[step] = dict(node[step]) if isinstance(node.get(step), dict) else {}
            node = node[step]
        node[last] = answers[path]
    return model


def answer_queries(loaded, services, status):
    own = loaded.BoxConfig.query
    answers = dict(services.get("rest", {}))
    waiting = [services["restFile"]] if "restFile" in services else []

    def read_more():
        import json  # not before it is needed: a plugin would find it imported

        with open(waiting.pop(), "rb") as file:
            more = json.loads(file.read().decode("utf-8"))
        more.update(answers)
        answers.update(more)
        loaded.unstable_box_configuration.update(rest_model(answers))

    def query(cls, end_point):
        if status is not None:
            kind, message = REST_ERRORS[status]
            return {"error": {"type": kind, "message": message, "details": {"resource": end_point}}}
        path = "/".join(step for step in end_point.split("/") if step)
        if path not in answers and waiting:
            read_more()
        return answers[path] if path in answers else own(end_point)

    loaded.BoxConfig.query = classmethod(query)


def provide_memory_cache(module, data):
    cache = part("memory-cache.py")  # noqa: F821 -- given by appliance.py

    class MemoryCache(object):
        """Behind `safeguard.sessions.plugin.memory_cache`: one store for all plugins and calls."""

        def __init__(self):
            self._store = cache.open_cache(data["memoryCache"], data["faults"].get("memoryCache"))

        def set_binary(self, key, value, ttl):
            self._store.set(key, value, ttl)

        def get_binary(self, key):
            return self._store.get(key)

    MemoryCache.__module__ = module.__name__
    module.MemoryCache = MemoryCache
