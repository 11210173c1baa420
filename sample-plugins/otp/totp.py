"""Time-based one-time passwords as authenticator apps make them (RFC 6238 with SHA-1 and six digits)."""
import base64
import hmac
import struct


def totp(secret, unix_time, period=30):
    """``secret`` is base32, as apps show it: blanks and lower case are fine."""
    text = secret.replace(" ", "").upper().rstrip("=")
    key = base64.b32decode(text + "=" * (-len(text) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(unix_time) // period), "sha1").digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1000000:06d}"
