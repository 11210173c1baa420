"""Uses a gateway as a program does: LOGIN PORT OTHER_PORT as arguments; says as JSON what it saw."""

import asyncio
import hashlib
import json
import os
import sys

import asyncssh

login, port, other_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
asked = []


class User(asyncssh.SSHClient):
    def kbdint_auth_requested(self):
        return ""

    def kbdint_challenge_received(self, name, instructions, lang, prompts):
        asked.extend([prompt, echo] for prompt, echo in prompts)
        return ["123456" for _ in prompts]


async def use(connection):
    seen = {"asked": asked}
    ended = await connection.run("cat; echo wrong >&2; exit 5", input="in")
    seen["command"] = [ended.stdout, ended.stderr, ended.exit_status]
    # Half of the way back is still open when its input has ended.
    data = os.urandom(3_000_000)
    ended = await connection.run("sha256sum; head -c 3000000 /dev/zero", input=data, encoding=None)
    seen["digest"] = ended.stdout[:64].decode() == hashlib.sha256(data).hexdigest() and len(ended.stdout) > 3_000_000
    process = await connection.create_process("trap 'echo got; exit 3' USR1; echo ready; while :; do sleep 0.1; done")
    await process.stdout.readline()
    process.send_signal("USR1")
    seen["signal"] = [await process.stdout.read(), (await process.wait()).exit_status]
    process = await connection.create_process("kill -KILL $$")
    seen["killed"] = list((await process.wait()).exit_signal or ())[:1]
    modes = {asyncssh.PTY_ECHO: 0, asyncssh.PTY_VINTR: 24}
    shell = {"term_type": "vt220", "term_size": (91, 27), "term_modes": modes}
    process = await connection.create_process(**shell)
    process.stdin.write("stty -a; stty size; exit\n")
    await process.stdout.readuntil("rows 27; columns 91")
    process.change_terminal_size(100, 40)
    text = await process.stdout.read()
    seen["terminal"] = {"intr": "intr = ^X" in text, "echo": " -echo " in text}
    commands = [connection.run("sleep 0.1; echo %d" % number) for number in range(8)]
    seen["at once"] = [ended.stdout.strip() for ended in await asyncio.gather(*commands)]
    async with connection.start_sftp_client() as sftp:
        async with sftp.open("file", "wb") as file:
            await file.write(data)
        async with sftp.open("file", "rb") as file:
            seen["sftp"] = await file.read() == data
    reader, writer = await connection.open_connection("127.0.0.1", other_port)
    seen["forward"] = (await reader.readline()).decode().startswith("SSH-2.0-OpenSSH")
    writer.close()
    try:
        await connection.open_connection("127.0.0.1", 1)
    except asyncssh.ChannelOpenError as error:
        seen["refused"] = [error.code, str(error)]
    return seen


async def main():
    options = {"known_hosts": None, "client_keys": None, "agent_path": None, "config": None}
    async with asyncssh.connect(
        "127.0.0.1", port, username=login, client_factory=User, keepalive_interval=1, **options
    ) as connection:
        print(json.dumps(await use(connection)))


asyncio.run(main())
