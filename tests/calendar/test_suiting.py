"""Which of the proposed times suits best: the family weighs first, what has passed never wins."""

from datetime import UTC, datetime, timedelta

from familieplan.meetings.calendar.suiting import Answered, weigh

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
A, B, C = (NOW + timedelta(days=days) for days in (8, 9, 10))


def sara(*says: str) -> Answered:
    return Answered("Sara", is_family=True, says=says)


def colleague(*says: str) -> Answered:
    return Answered("Jens", is_family=False, says=says)


def order(*answers: Answered, now: datetime = NOW) -> list[datetime]:
    return [one.starts_at for one in weigh([A, B, C], answers, now)]


def test_one_of_the_family_weighs_more_than_any_number_of_colleagues() -> None:
    assert order(sara("cannot", "can", "can"), *[colleague("can", "cannot", "can")] * 5) == [C, B, A]


def test_if_need_be_of_the_family_weighs_more_than_a_colleague_who_cannot() -> None:
    assert order(sara("if_need_be", "can", "can"), colleague("can", "cannot", "cannot")) == [B, C, A]


def test_cannot_is_worse_than_if_need_be_and_the_soonest_of_equals_comes_first() -> None:
    assert order(sara("can", "can", "can"), colleague("cannot", "if_need_be", "can")) == [C, B, A]
    assert order(sara("can", "can", "can")) == [A, B, C]


def test_who_has_not_answered_counts_for_nothing() -> None:
    silent = Answered("Lis", is_family=True)
    assert order(sara("cannot", "can", "can"), silent) == order(sara("cannot", "can", "can"))
    [best, *_rest] = weigh([A, B, C], [silent], NOW)
    assert (best.can, best.cannot, best.suits_all) == ((), (), True)


def test_where_the_answers_say_nothing_what_is_known_does() -> None:
    known = [["Praktik", "Jens er optaget"], ["Praktik"], []]
    assert [one.starts_at for one in weigh([A, B, C], [sara()], NOW, known)] == [C, B, A]
    [best, *_rest] = weigh([A, B, C], [sara("can", "cannot", "if_need_be")], NOW, known)
    assert best.starts_at == A


def test_what_has_passed_comes_last_however_well_it_suited() -> None:
    answers = sara("can", "cannot", "cannot")
    assert order(answers, now=A - timedelta(seconds=1))[0] == A
    assert order(answers, now=A) == [B, C, A]
    assert weigh([A, B, C], [answers], A)[-1].has_passed
