"""The appliance's memory cache, as chosen in plugin-host.yaml. See memory-cache.mjs for the same in a TypeScript plugin."""


def open_cache(settings, fault):
    if "file" in settings:
        store = part("memory-cache-file.py").FileCache(settings["file"], settings["capacityBytes"])  # noqa: F821 -- given by appliance.py
    else:
        store = part("redis-client.py").RedisClient(settings)  # noqa: F821
    return store if fault is None else FaultyCache(store, fault)


class FaultyCache(object):
    def __init__(self, store, fault):
        self.store = store
        self.fault = fault

    def set(self, key, value, ttl):
        self.suffer()
        self.store.set(key, value, ttl)

    def get(self, key):
        self.suffer()
        return self.store.get(key)

    def suffer(self):
        if self.fault == "away":
            raise ConnectionError("the memory cache does not answer")
        from time import sleep

        sleep(self.fault["slowMs"] / 1000.0)
