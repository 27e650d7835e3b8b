"""What a therapist changes in a learned definition: kept within what the engine can judge, or explained."""

from __future__ import annotations

from functools import cache

import pytest
from flask import Flask

from coach.authoring.learning import learn
from coach.exercise import Exercise
from coach.exercise_rules import problems
from tests.builders import movement
from webapp.movements.curve import counted, drawn, marks
from webapp.movements.definition import DefinitionError, changed, fields

FRAMES = movement("squat", [1.0, 1.0, 1.0], fps=15)


@cache
def squat() -> Exercise:
    return learn(FRAMES, "own_squat").exercise


#: Further than the figure went.
FAR = {"turn": "150", "enter": "90", "default.knee_flexion": "140", "max.knee_flexion": "150"} | {
    "default.shoulder_flexion": "170", "max.shoulder_flexion": "175",
}  # fmt: skip


def test_the_fields_as_they_are_change_nothing() -> None:
    assert changed(squat(), fields(squat())) == squat()


def test_what_is_typed_is_what_is_meant() -> None:
    form = fields(squat()) | {
        "name": "  Our   squat ", "steps": "Stand.\n\n Sit down. ", "enter": "50", "back": "30", "out_s": "2,5",
        "default.knee_flexion": "70", "min.knee_flexion": "40",
    }  # fmt: skip
    made = changed(squat(), form)
    assert (made.words.name, made.words.steps) == ("Our squat", ("Stand.", "Sit down."))
    assert (made.counting.min_travel, made.counting.return_share) == (0.5, 0.7)
    assert made.tempo.out_s == 2.5
    assert (made.targets["knee_flexion"].min, made.targets["knee_flexion"].default) == (40.0, 70.0)
    assert not list(problems(made))


def test_a_nearer_end_of_the_movement_draws_in_every_term() -> None:
    made = changed(squat(), fields(squat()) | {"turn": "80"})
    for term, before in zip(made.signal, squat().signal, strict=True):
        assert term.full - term.rest == pytest.approx(0.8 * (before.full - before.rest), abs=0.06)
    assert len(counted(made, FRAMES)) == 3


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", " "), ("steps", ""), ("short", "x" * 300), ("enter", "95"), ("back", "34.9999e9"), ("turn", "nan"),
        ("position", "flying"), ("gesture", "wink"), ("default.knee_flexion", "20"), ("out_s", "soon"), ("reps", "0"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_said_at_its_field(app: Flask, field: str, text: str) -> None:
    with app.test_request_context(), pytest.raises(DefinitionError) as caught:
        changed(squat(), fields(squat()) | {field: text})
    assert field in caught.value.problems


def test_one_must_come_back_further_than_one_set_out(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(DefinitionError) as caught:
        changed(squat(), fields(squat()) | {"enter": "30", "back": "30"})
    assert "back" in caught.value.problems


def test_thresholds_beyond_what_was_shown_count_it_no_more() -> None:
    assert len(counted(changed(squat(), fields(squat()) | FAR), FRAMES)) < 3


def test_the_curve_goes_from_rest_to_the_whole_and_knows_where_degrees_lie() -> None:
    curve = drawn(squat(), FRAMES)
    (values,) = curve["curves"].values()
    seen = [value for value in values if value is not None]
    assert min(seen) == pytest.approx(0, abs=8)
    assert max(seen) == pytest.approx(100, abs=20)  # from the lowest level seen, not the usual one
    place, target = curve["places"]["knee_flexion"], squat().targets["knee_flexion"]
    assert place["at"] + place["per_deg"] * target.default == pytest.approx(100, abs=20)


def test_a_repetition_is_marked_from_setting_out_to_being_back() -> None:
    found = marks(counted(squat(), FRAMES), FRAMES[0].t_s)
    assert len(found) == 3
    for one in found:
        assert one["start"] < one["reached"] <= one["left"] < one["end"]
