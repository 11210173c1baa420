"""Runs, debugs and tests plugins of privileged-access products on your own machine."""
