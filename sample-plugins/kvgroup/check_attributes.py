"""Attribute validation (point 01, ATTR VALIDATION PLUGIN): an e-mail address of our domain, and telephone numbers in one spelling.
Only attributes that are wrong or changed are answered: the product would store the others anew for nothing."""
import re

from kvgroup import Group, read, write

DOMAIN = "acme.test"


def values(attribute):
    current = attribute.group("value")
    return current.get_all("value") if current else []


def check_email(attribute, answer):
    for value in values(attribute):
        if not value.lower().endswith("@" + DOMAIN):
            own = answer.add_group("attribute", attribute.name)
            own.add("failedValidation", 1).add("errmsg", "The address must end in @%s." % DOMAIN)
            return False
    return True


def tidy_phone(attribute, answer):
    before = values(attribute)
    after = [re.sub(r"[\s()/-]+", "", value) for value in before]
    if after != before:
        own = answer.add_group("attribute", attribute.name)
        own.add("infomsg", "Blanks and dashes were taken out.")
        modified = own.add_group("modifiedValue")
        for value in after:
            modified.add("value", value)


request = read()
answer = Group()
is_good = all([check_email(each, answer) for each in request.groups("attribute", "EMAIL")])
for phone in request.groups("attribute", "PHONE"):
    tidy_phone(phone, answer)
answer.add("retval", 0 if is_good else 1).add("errmsg", "" if is_good else "Please correct the marked fields.")
if request.get("reservationid"):
    answer.add("reservationid", request.get("reservationid"))
write(answer)
