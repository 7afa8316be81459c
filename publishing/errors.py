"""What stops a build."""

KEPT = "Nothing was built; the last good site, if there is one, is as it was."


class BuildError(Exception):
    """The book can't be built; the message says where and why."""
