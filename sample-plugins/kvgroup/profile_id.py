"""Profile IDs (point 03, IDSYNCH ID PLUGIN): the first letters of the last name and of the first name, then a number while the ID is
taken. The product calls it again with a group "conflict" for every ID that was."""
import re
import unicodedata

from kvgroup import Group, read, write


def letters(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", plain.lower())


def choose(request):
    base = letters(request.get("LAST_NAME", ""))[:6] + letters(request.get("FIRST_NAME", ""))[:2]
    if not base:
        return None
    taken = {conflict.name for conflict in request.groups("conflict")}
    number = 1
    while base + (str(number) if number > 1 else "") in taken:
        number += 1
    return base + (str(number) if number > 1 else "")


answer = Group()
profile_id = choose(read())
if profile_id is None:
    answer.add("retval", 1).add("errmsg", "A first or last name is needed.")
else:
    answer.add("retval", 0).add("errmsg", "").add("try", profile_id)
write(answer)
