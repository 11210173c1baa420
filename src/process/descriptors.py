"""What a supervisor and a station do with descriptors."""
import os
import select

CONTROL = 5


def close_inherited(keep=()):
    """No process below must inherit what the host itself inherited from a shell or tool."""
    try:
        descriptors = [int(name) for name in os.listdir("/proc/self/fd")]
    except OSError:
        descriptors = range(CONTROL + 1, 256)
    for descriptor in descriptors:
        if descriptor > CONTROL and descriptor not in keep:
            try:
                os.close(descriptor)
            except OSError:
                pass  # the one that listed the others


def write_all(descriptor, chunk):
    try:
        while chunk:
            chunk = chunk[os.write(descriptor, chunk) :]
    except OSError:
        pass  # the host is gone; the end of the control channel says so too


def read_exactly(descriptor, length):
    """None when it can no longer come."""
    data = b""
    while len(data) < length:
        chunk = os.read(descriptor, length - len(data))
        if not chunk:
            return None
        data += chunk
    return data


def read_words(descriptor):
    """`LENGTH NEWLINE`, then as many bytes: texts with NUL between. None when they can no longer come."""
    head = b""
    while not head.endswith(b"\n"):
        byte = os.read(descriptor, 1)
        if not byte:
            return None
        head += byte
    body = read_exactly(descriptor, int(head))
    return body and body.split(b"\0")


def is_readable(descriptor, patience_ms=0):
    """Without waiting, unless there is `patience_ms`; None waits for ever."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(patience_ms))


def drain(wake_read):
    """Discards the signals that nobody waits for any more."""
    while is_readable(wake_read):
        os.read(wake_read, 64)
