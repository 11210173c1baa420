"""What a command may use at most. `NAME=VALUE` pairs with blanks between, names as in the `resource` module, which the command gets; two
more are watched by the supervisor: `PROCESSES` (the system counts all processes of a user, and root's not at all) and `MEMORY` in bytes
(Node reserves as data far more than it uses)."""
import resource

WATCHED = ("PROCESSES", "MEMORY")


def pairs_of(limits):
    return [(name, int(value)) for name, _, value in (pair.partition("=") for pair in limits.split())]


def apply(limits):
    for name, value in pairs_of(limits):
        if name not in WATCHED:
            number = getattr(resource, name)
            hard = resource.getrlimit(number)[1]
            if hard != resource.RLIM_INFINITY:
                value = min(value, hard)
            resource.setrlimit(number, (value, value))


def watched(limits):
    return {name: value for name, value in pairs_of(limits) if name in WATCHED}
