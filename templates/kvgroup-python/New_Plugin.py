"""Profile IDs (point 03, IDSYNCH ID PLUGIN).

The product starts the plugin, writes one KVGroup to its standard input, and reads one from its standard output. Nothing else may be
printed there: write what you want to know to standard error. The product asks again, with a group "conflict" for every ID that was taken.
"""
import re
import sys

from kvgroup import Group, read, write


def choose(first_name, last_name, taken):
    """The place for your own rule: here the first letter of the first name and the last name, then a number."""
    base = re.sub(r"[^a-z]", "", (first_name[:1] + last_name).lower())[:8]
    number = 1
    while base and base + (str(number) if number > 1 else "") in taken:
        number += 1
    return base + (str(number) if number > 1 else "")


def main():
    request = read()
    taken = {conflict.name for conflict in request.groups("conflict")}
    profile_id = choose(request.get("FIRST_NAME", ""), request.get("LAST_NAME", ""), taken)
    print("chose %r, %d taken" % (profile_id, len(taken)), file=sys.stderr)
    answer = Group()
    if profile_id:
        answer.add("retval", 0).add("errmsg", "").add("try", profile_id)
    else:
        answer.add("retval", 1).add("errmsg", "A first or last name is needed.")
    write(answer)


main()
