"""What stops an analysis: one plain sentence that says what is wrong, where, and what to do."""


class Trouble(Exception):
    """Shown as it stands, without a traceback; the command ends with 2 and has written nothing."""
