"""Runs pip as if it were on the appliance: markers (`python_version < "3.9"`) see the target, not this machine.

Arguments: the target's marker variables as JSON, then pip's own arguments. pip has --python-version and --platform for the choice of
wheels, but still evaluates markers with its own Python; then a package would be missing without a message.
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
