"""What went wrong on this machine, said so that the reader knows what to do."""


class Trouble(Exception):
    """Shown as one sentence, without a traceback."""
