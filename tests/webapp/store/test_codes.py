"""Codes and birth years: whatever way they are typed, they mean what was printed; and nothing else does."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.store import codes

CODES = st.text(codes.ALPHABET, min_size=codes.CODE_LENGTH, max_size=codes.CODE_LENGTH)
#: What people type for a character that looks like it.
MISREAD = {"0": "0OoQq", "1": "1IiLl", "2": "2Zz", "5": "5Ss", "6": "6Gg", "8": "8Bb", "V": "VvUu"}
NOISE = st.text(" -–_.·\t\u00a0", max_size=3)


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str]:
    """A code, and some way in which a person types it."""
    code = draw(CODES)
    signs = [
        draw(st.sampled_from(MISREAD.get(sign, sign + sign.lower()))) + draw(NOISE) for sign in code
    ]
    return code, draw(NOISE) + "".join(signs)


@given(typed())
def test_blanks_dashes_case_and_look_alikes_do_not_matter(case: tuple[str, str]) -> None:
    code, hand_typed = case
    assert codes.normal(hand_typed) == code


@given(CODES, CODES)
def test_two_codes_are_never_taken_for_one(one: str, other: str) -> None:
    assert (codes.normal(one) == codes.normal(other)) is (one == other)


@given(st.text(string.printable + "٣Ａ²Ⅷßé", max_size=20))
def test_what_is_normal_stays_normal(text: str) -> None:
    assert codes.normal(codes.normal(text)) == codes.normal(text)


def test_digits_of_other_scripts_and_wide_letters_are_read() -> None:
    assert codes.normal("٣٤ＡＣ-५६７８") == "34AC5678"


@settings(max_examples=5, deadline=None)  # slow on purpose: that is what the hash is for
@given(typed())
def test_the_hash_is_that_of_what_was_meant(case: tuple[str, str]) -> None:
    code, hand_typed = case
    assert codes.code_hash(hand_typed) == codes.code_hash(code)
    assert code not in codes.code_hash(code)


def test_new_codes_are_readable_and_differ() -> None:
    made = {codes.new_code() for _ in range(100)}
    assert len(made) == 100
    for code in made:
        assert code[4] == "-"
        assert codes.normal(code) == code.replace("-", "")
    assert not set("OILQZSBGU") & set(codes.ALPHABET)


@pytest.mark.parametrize(
    "text", ["1958", " 1958 ", "58", "'58", "١٩٥٨", "3.12.1958", "3/12/1958", "born 1958"]
)
def test_a_year_is_forgiven_its_clothes(text: str) -> None:
    assert codes.is_year(text, 1958)


@pytest.mark.parametrize(
    "text", ["", "1957", "8", "195", "19580", "1957 1958", "57", "58 1", "abc"]
)
def test_another_year_is_no_year(text: str) -> None:
    assert not codes.is_year(text, 1958)


@given(st.integers(1900, 2030), st.integers(1900, 2030))
def test_a_whole_year_opens_only_its_own(typed_year: int, year: int) -> None:
    assert codes.is_year(str(typed_year), year) is (typed_year == year)
