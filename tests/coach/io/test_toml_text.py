"""Plain values as TOML text: what is written is read back the same."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.io.toml_text import toml

PLAIN = st.one_of(
    st.booleans(),
    st.integers(-1000, 1000),
    st.floats(-1e6, 1e6, allow_nan=False),
    # TOML forbids the DEL character that JSON allows
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)


def tables(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(KEYS, inner, min_size=1, max_size=3)


ROWS = st.lists(tables(PLAIN), min_size=1, max_size=2)


@given(tables(st.one_of(PLAIN, st.lists(PLAIN, max_size=3), tables(PLAIN), ROWS)))
def test_what_is_written_is_read_back(values: dict[str, Any]) -> None:
    assert tomllib.loads(toml(values)) == values


def test_whole_numbers_are_written_short() -> None:
    assert toml({"full": 90.0, "rest": 0.5}) == "full = 90\nrest = 0.5\n"


def test_a_value_after_a_table_still_belongs_to_its_own_table() -> None:
    values = {"words": {"name": "A"}, "id": "a", "methods": {"knee": {"side": "image"}}}
    assert tomllib.loads(toml(values)) == values


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        toml({"full": float("nan")})
