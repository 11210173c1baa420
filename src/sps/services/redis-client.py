"""SET and GET of a Redis server. The plugin's Python may lack the `redis` package, and a plugin would find an imported one
in sys.modules."""
import socket

TIMEOUT_SECONDS = 10
LIMIT = 512 * 1024 * 1024  # of one value, the server's own


class RedisError(Exception):
    pass


class RedisClient(object):
    def __init__(self, settings):
        self.settings = settings
        self.stream = None

    def set(self, key, value, ttl):
        expiry = [] if ttl <= 0 else ["EX", str(ttl)] if int(ttl) == ttl else ["PX", str(max(1, int(ttl * 1000)))]
        self.command("SET", self.name(key), bytes(value), *expiry)

    def get(self, key):
        return self.command("GET", self.name(key))

    def name(self, key):
        prefix = self.settings["keyPrefix"]
        return prefix.encode("utf-8") + key if isinstance(key, bytes) else prefix + key

    def command(self, *words):
        if self.stream is None:
            self.connect()
        try:
            return self.ask(words)
        except BaseException:
            self.stream = None  # the rest of the stream has no meaning
            raise

    def connect(self):
        settings = self.settings
        connection = socket.create_connection((settings["host"], settings["port"]), TIMEOUT_SECONDS)
        if settings["isEncrypted"]:
            import ssl  # takes milliseconds

            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=settings["host"])
        self.stream = connection.makefile("rwb")
        connection.close()  # the stream keeps it open
        if settings["password"]:
            self.command(*["AUTH"] + [settings[each] for each in ("username", "password") if settings[each]])
        if settings["database"]:
            self.command("SELECT", str(settings["database"]))

    def ask(self, words):
        encoded = [word if isinstance(word, bytes) else word.encode("utf-8", "surrogatepass") for word in words]
        request = b"*%d\r\n" % len(encoded) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
        self.stream.write(request)
        self.stream.flush()
        line = self.stream.readline()
        kind, text = line[:1], line[1:].strip()
        if kind == b"-":
            raise RedisError(text.decode("utf-8", "replace"))
        if kind == b"$" and -1 <= int(text) <= LIMIT:
            return None if int(text) < 0 else self.read(int(text) + 2)[:-2]
        if kind in (b"+", b":"):
            return text
        raise ConnectionError("the memory cache closed the connection")

    def read(self, size):
        data = self.stream.read(size)
        if len(data) < size:
            raise ConnectionError("the memory cache closed the connection")
        return data
