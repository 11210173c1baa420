"""Stands in for python-ldap, which has no wheels. `plugin-host python install` puts it here.

The vendor's SDK never imports it; LDAP servers of the appliance are reached through the SDK. A plugin that merely imports it
works; one that uses it gets a message that says what is missing.
"""
__version__ = "0"


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(
        "ldap.%s: python-ldap is not installed in this environment; it needs a C compiler and the headers of OpenLDAP and SASL "
        "(Debian: apt install gcc python3-dev libldap2-dev libsasl2-dev, then pip install python-ldap)" % name
    )
