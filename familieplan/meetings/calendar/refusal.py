"""What came from outside could not be taken."""


class Refused(Exception):
    """Why not, in words for the one who gave it. Never with a word of what was given: that may be private."""
