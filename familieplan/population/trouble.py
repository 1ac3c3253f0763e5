"""What stops an analysis: one plain sentence that says what is wrong, where, and what to do."""

from familieplan.population.words import Words

LONG = 2_200  # whole numbers from here on are parted: past every year


class Trouble(Exception):
    """``Trouble("{path} is no folder.", path=path)``: shown as it stands, without a traceback, in English or Danish.

    The command ends with 2 and has written nothing. A value may be a Trouble itself: a reason after its place.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(self.said(Words("en")))

    def said(self, say: Words) -> str:
        return say(self.sentence, **{name: _said(value, say) for name, value in self.values.items()})


def _said(value: object, say: Words) -> object:
    if isinstance(value, Trouble):
        return value.said(say)
    return say.number(value) if isinstance(value, int) and value >= LONG else value
