"""Turns a plugin's connections to simulated backends: look-ups of names, connections, datagrams and trust. Nothing else is reached.

A name gets an address of a range that no network has (RFC 2544), which stands for it until a connection is made. Code that connects by
itself, a C library or a program that the plugin starts, is out of reach; where that is seen it is told.
"""
import errno
import sys

REACH_LESS = ("uname", "ldconfig", "gcc", "cc", "ld", "objdump", "lsb_release")  # programs of the standard library that ask nobody
PROGRAM_EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
NATIVE_MODULES = ("pycurl", "_ldap", "uvloop.loop", "psycopg2._psycopg", "pymssql._mssql", "pyodbc", "grpc._cython.cygrpc", "_mysql_connector", "MySQLdb._mysql")


class Backends(object):
    def __init__(self, data, tell):
        self.targets, self.ca, self.tell = data["targets"], data["ca"], tell
        self.allowed = [tuple(each) for each in data["allowed"]]
        self.recording = data.get("recording")  # ports that pass on, and whom the first of them stand for
        known = zip(self.recording["known"], self.recording["ports"]) if self.recording else ()
        self.recorded = {tuple(whom): port for whom, port in known}
        self.addresses, self.names = {}, {}
        self.asked = {}  # of datagrams: whom the plugin asked, by the port that answers
        self.told, self.own_name = set(), ""

    def is_own(self, name):
        """This machine's own names are what they are, unless a backend has one, or what they lead to is recorded."""
        plain = plain_name(name)
        if plain == "localhost":
            return self.recording is None and all(address != plain for _, address, _, _ in self.targets)
        return plain == self.own_name

    def address_of(self, name):
        """That stands for a name."""
        if name not in self.addresses:
            number = len(self.addresses) + 1
            self.addresses[name] = "198.18.%d.%d" % (number // 254 % 256, number % 254 + 1)
            self.names[self.addresses[name]] = name
        return self.addresses[name]

    def find(self, host, port, transport):
        """The port on loopback; None when there is none. It is told once."""
        name = self.names.get(host, host)
        if self.recording is not None:
            return self.record(name, port)
        plain = plain_name(name)
        for kind, address, only, loopback in self.targets:
            if kind == transport and address == plain and only in (None, port):
                return loopback
        if (name, port, transport) not in self.told:
            self.told.add((name, port, transport))
            self.tell({"host": name, "port": port, "transport": transport})
        return None

    def record(self, name, port):
        """The port that passes on to the real system."""
        if (name, port) not in self.recorded:
            number = len(self.recorded)
            if number == len(self.recording["ports"]):
                return None
            self.recorded[name, port] = self.recording["ports"][number]
            self.tell({"host": name, "port": port, "recorded": number})
        return self.recorded[name, port]

    def say(self, program):
        if program not in self.told:
            self.told.add(program)
            self.tell({"program": program})


def plain_name(name):
    return name.lower().strip("[]").rstrip(".")


def install(data, tell, watch, when, Callable):
    backends = Backends(data, tell)
    when(watch, "socket", lambda socket: turn_socket(socket, backends, Callable))
    when(watch, "ssl", lambda ssl: turn_trust(ssl, backends.ca))
    sys.addaudithook(lambda event, args: see(event, args, backends))


def text_of(host):
    return host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host


def turn_socket(socket, backends, Callable):
    getaddrinfo, backends.own_name = socket.getaddrinfo, socket.gethostname().lower()

    def is_name(host):
        """Something that only a look-up could turn into an address of elsewhere."""
        if not isinstance(host, str) or host in ("", "<broadcast>") or backends.is_own(host):
            return False
        try:
            getaddrinfo(host, None, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
            return False
        except (OSError, UnicodeError):
            return True

    def meant(host):
        host = text_of(host)
        return backends.address_of(host) if is_name(host) else host

    def look_up(host, port, family=0, type=0, proto=0, flags=0):
        return getaddrinfo(meant(host), port, family, type, proto, flags)

    socket.getaddrinfo = Callable(look_up, getaddrinfo)
    for name in ("gethostbyname", "gethostbyname_ex"):
        turn_look_up(socket, name, meant, Callable)
    Turned(socket, backends).install(socket.socket)


def turn_look_up(socket, name, meant, Callable):
    original = getattr(socket, name)

    def look_up(host):
        address = meant(host)
        if address == text_of(host) or name == "gethostbyname":
            return original(address)
        return text_of(host), [], [address]

    setattr(socket, name, Callable(look_up, original))


class Turned(object):
    """The methods of a socket that say where to."""

    def __init__(self, socket, backends):
        self.internet = {getattr(socket, "AF_INET6", None): "::ffff:127.0.0.1", socket.AF_INET: "127.0.0.1"}
        self.datagram, self.backends = socket.SOCK_DGRAM, backends

    def where(self, connection, address):
        """The address on loopback, None when nobody is there."""
        loopback = self.internet.get(connection.family)
        if loopback is None or not isinstance(address, tuple) or len(address) < 2:
            return address
        host, port = text_of(address[0]), address[1]
        if (host, port) in self.backends.allowed:
            return address
        transport = "udp" if connection.type == self.datagram else "tcp"
        if transport == "udp" and self.backends.recording is not None:
            return (self.backends.names.get(host, host),) + tuple(address[1:])  # as it is; only HTTP is recorded
        found = self.backends.find(host, port, transport)
        if found is None:
            return None
        if transport == "udp":
            self.backends.asked[found] = (host,) + tuple(address[1:])
        return (loopback, found) + tuple(address[2:])

    def install(self, cls):
        turned, connect, connect_ex, sendto, sendmsg = self, cls.connect, cls.connect_ex, cls.sendto, cls.sendmsg

        def refused():
            return ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

        def turned_connect(self, address):
            found = turned.where(self, address)
            if found is None:
                raise refused()
            return connect(self, found)

        def turned_connect_ex(self, address):
            found = turned.where(self, address)
            return errno.ECONNREFUSED if found is None else connect_ex(self, found)

        def turned_sendto(self, data, *rest):
            found = turned.where(self, rest[-1]) if rest else None
            if rest and found is None:
                raise refused()
            return sendto(self, data, *(rest[:-1] + (found,)))

        def turned_sendmsg(self, buffers, ancdata=(), flags=0, address=None):
            found = address and turned.where(self, address)
            if address and found is None:
                raise refused()
            return sendmsg(self, buffers, ancdata, flags, found)

        def answering(name):
            receive = getattr(cls, name)

            def turned_receive(self, *args, **kwargs):
                data, address = receive(self, *args, **kwargs)
                is_ours = isinstance(address, tuple) and address[1:2] and self.type == turned.datagram
                return data, turned.backends.asked.get(address[1], address) if is_ours else address

            return turned_receive

        changed = {"connect": turned_connect, "connect_ex": turned_connect_ex, "sendto": turned_sendto, "sendmsg": turned_sendmsg}
        changed.update((name, answering(name)) for name in ("recvfrom", "recvfrom_into"))
        for name, function in changed.items():
            original = getattr(cls, name)
            function.__name__, function.__doc__, function.__qualname__ = name, original.__doc__, "socket." + name
            setattr(cls, name, function)


def turn_trust(ssl, ca):
    """Whatever a context trusts, it trusts the authority of the backends too, from its first connection on."""
    cls = ssl.SSLContext
    load = cls.load_verify_locations

    def trusting(original):
        def wrap(self, *args, **kwargs):
            if self.verify_mode != ssl.CERT_NONE:
                load(self, cadata=ca)
            return original(self, *args, **kwargs)

        wrap.__name__, wrap.__doc__ = original.__name__, original.__doc__
        return wrap

    cls.wrap_socket, cls.wrap_bio = trusting(cls.wrap_socket), trusting(cls.wrap_bio)


def see(event, args, backends):
    if event in PROGRAM_EVENTS:
        program = args[0] if args else None
        words = program if isinstance(program, (list, tuple)) else [program]
        name = text_of(words[0]) if words else None
        name = name.split(" ")[0].rpartition("/")[2] if isinstance(name, str) else "a program"
        if name not in REACH_LESS:
            backends.say(name)
    elif event == "import" and args[0] in NATIVE_MODULES:
        backends.say(args[0])
