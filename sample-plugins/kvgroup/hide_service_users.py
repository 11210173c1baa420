"""A user filter (point 27, FILTER USER PLUGIN): service accounts are hidden from all but the help desk. The first group is the context,
which gets no answer; then every user gets one, at once."""
from kvgroup import Group, read_all, write

groups = read_all()
context = next(groups)
viewer = context.group("viewer")
is_helpdesk = viewer is not None and (viewer.get("id") or viewer.get("ID") or "").startswith("hd-")
for user in groups:
    is_service = user.get("id", "").startswith("svc-")
    write(Group().add("filter", "true" if is_service and not is_helpdesk else "false"))
