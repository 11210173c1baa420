"""Runs a command in a terminal of its own and types: argv[1] is JSON, a list of [text to wait for, text to type].

Prints as JSON what the terminal showed and the exit code.
"""
import json
import os
import pty
import sys

waits = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
seen = 0
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break  # the other side is gone
    if not piece:
        break
    shown += piece
    while waits and waits[0][0].encode() in shown[seen:]:
        text, answer = waits.pop(0)
        seen = shown.index(text.encode(), seen) + len(text)
        os.write(terminal, answer.encode())
status = os.waitpid(pid, 0)[1]
print(json.dumps({"shown": shown.decode(errors="replace"), "exitCode": os.waitstatus_to_exitcode(status)}))
