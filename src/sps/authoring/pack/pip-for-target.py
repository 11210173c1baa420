"""Runs pip as if it were on the appliance: what markers ask for (`python_version < "3.9"`) is the target's, not this machine's.

Arguments: the target's marker variables as JSON, then pip's own arguments. pip has --python-version and --platform for the choice of
wheels, and judges markers by its own Python all the same; a package would silently be missing then.
"""
import json
import runpy
import sys

from pip._vendor.packaging import markers

own_environment = markers.default_environment
target = json.loads(sys.argv[1])


def default_environment():
    environment = own_environment()
    environment.update(target)
    return environment


markers.default_environment = default_environment
sys.argv = ["pip"] + sys.argv[2:]
runpy.run_module("pip", run_name="__main__")
