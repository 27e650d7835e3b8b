"""Every exercise, cue and assessment can be read in every language, as completely and as briefly as in English."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.errors import ExerciseFileError
from poses import catalogue, translations
from poses.translations import Translation

LANGUAGES = [language for language in translations.languages() if language != "en"]
KEYS = ("name", "short", "steps", "precautions", "needs")
#: What may stand in Latin letters in an Arabic sentence: nothing so far.
LATIN_NAMES: frozenset[str] = frozenset()


@cache
def english() -> dict[str, dict[str, Any]]:
    """The English words of everything that has words, by kind and id, as they stand in the files."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((catalogue.HERE / "exercises").glob("*.toml")):
        table = _toml(path)
        found[f"exercises {path.stem}"] = table["words"]
        for name, variant in table.get("variants", {}).items():
            if variant.get("words"):
                found[f"variants {path.stem} {name}"] = variant["words"]
    for what in ("motions", "tests"):
        tables = _toml(catalogue.HERE / "assessments" / f"{what}.toml")
        found |= {f"{what} {key}": table["words"] for key, table in tables.items()}
    return found


@cache
def translated(language: str) -> dict[str, Translation]:
    """The same in another language; of variants only those that are there."""
    found = {
        f"{what} {key}": said
        for what in ("exercises", "motions", "tests")
        for key, said in translations.of(language, what).items()
    }
    variants = {
        f"variants {key} {name}": said
        for key, of in translations.of_variants(language).items()
        for name, said in of.items()
    }
    return found | {key: said for key, said in variants.items() if key in english()}


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_four_languages_are_spoken() -> None:
    assert set(translations.languages()) == {"en", "ar", "de", "es"}
    assert translations.languages()[0] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
class TestLanguage:
    def test_nothing_is_missing_and_nothing_is_left_over(self, language: str) -> None:
        assert translated(language).keys() == english().keys()

    def test_each_has_as_many_sentences_as_in_english(self, language: str) -> None:
        said = translated(language)
        wrong = [
            f"{key}: {part}"
            for key, words in english().items()
            for part in KEYS
            if len(_lines(words.get(part, ()))) != len(_lines(getattr(said[key], part)))
        ]
        assert not wrong

    def test_no_english_is_left(self, language: str) -> None:
        said = translated(language)
        same = [
            line
            for key, words in english().items()
            for part in KEYS
            for line in set(_lines(words.get(part, ()))) & set(_lines(getattr(said[key], part)))
        ]
        same += [
            key
            for key, cue in catalogue.cues().items()
            if {cue.say, cue.show, cue.fault} & set(_of_cue(language, key))
        ]
        assert not same

    def test_numbers_and_placeholders_are_those_of_the_english(self, language: str) -> None:
        said = translated(language)
        for key, words in english().items():
            for part in KEYS:
                here = _lines(getattr(said[key], part))
                for before, after in zip(_lines(words.get(part, ())), here, strict=True):
                    assert _fixed(before) == _fixed(after), f"{key}: {after}"

    def test_a_sentence_ends_where_the_english_ends(self, language: str) -> None:
        for key, said in translated(language).items():
            for line in (said.short, *said.steps, *said.precautions):
                assert not line or line.endswith("."), f"{key}: {line}"
            for line in (said.name, *said.needs):
                assert not line.endswith("."), f"{key}: {line}"

    def test_no_two_exercises_share_a_name(self, language: str) -> None:
        names = Counter(said.name for said in translated(language).values() if said.name)
        assert [name for name, times in names.items() if times > 1] == []

    def test_one_script_is_written(self, language: str) -> None:
        for key, line in _everything(language):
            letters = re.sub(r"[\W\d_]", "", line)
            arabic = "".join(re.findall(r"[\u0600-\u06ff]", letters))
            wanted = letters if language == "ar" else ""
            assert arabic == wanted or set(line.split()) & LATIN_NAMES, f"{key}: {line}"
            assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", line), f"{key}: other digits"

    def test_spaces_and_quotes_are_tidy(self, language: str) -> None:
        for key, line in _everything(language):
            assert line == " ".join(line.split()), f"{key}: {line}"
            assert not re.search(r" [.,;:?!،؛]", line), f"{key}: {line}"

    def test_every_cue_is_said_as_briefly_as_in_english(self, language: str) -> None:
        cues = catalogue.cues(language)
        assert cues.keys() == catalogue.cues().keys()
        for key, cue in cues.items():
            assert 0 < len(cue.say.split()) <= 9, key
            assert len(cue.say) <= 60, key
            assert 0 < len(cue.show) <= 40, key
            assert bool(cue.fault) == bool(catalogue.cues()[key].fault), key


def test_the_languages_say_the_same_things() -> None:
    """Every file of one language is there in the others, with the same tables and keys."""
    first, *others = [_shape(translations.HERE / language) for language in LANGUAGES]
    assert all(other == first for other in others)


def _shape(folder: Path) -> dict[str, Any]:
    return {path.name: _keys(_toml(path)) for path in sorted(folder.iterdir())}


def _keys(table: Any) -> Any:
    return {key: _keys(one) for key, one in table.items()} if isinstance(table, dict) else None


def _lines(text: Any) -> list[str]:
    return [text] if isinstance(text, str) and text else list(text)


def _fixed(line: str) -> tuple[list[str], list[str]]:
    return re.findall(r"\d+", line), sorted(re.findall(r"\{\w*\}|%\(\w+\)\w", line))


def _of_cue(language: str, key: str) -> tuple[str, str, str]:
    cue = catalogue.cues(language)[key]
    return cue.say, cue.show, cue.fault or cue.say


def _everything(language: str) -> Iterator[tuple[str, str]]:
    for key, said in translated(language).items():
        for part in KEYS:
            yield from ((key, line) for line in _lines(getattr(said, part)))
    for key in catalogue.cues(language):
        yield from ((f"cue {key}", line) for line in _of_cue(language, key))


def test_an_exercise_is_said_in_a_language() -> None:
    squat = catalogue.load("squat")
    assert catalogue.words(squat, "de").name == "Kniebeuge"
    assert catalogue.words(squat, "en") == squat.words
    assert catalogue.words(squat, "xx") == squat.words
    assert catalogue.motions("es")["knee_flexion"].words.name == "Doblar la rodilla"
    assert catalogue.functional_tests("xx") == catalogue.functional_tests()


def test_what_is_not_translated_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    only_the_name: Mapping[str, Translation] = {"squat": Translation(name="Kniebeuge")}
    monkeypatch.setattr(translations, "of", lambda language, what: only_the_name)
    catalogue._phrases.cache_clear()
    squat = catalogue.load("squat")
    assert catalogue.words(squat, "de") == msgspec.structs.replace(squat.words, name="Kniebeuge")
    monkeypatch.undo()
    catalogue._phrases.cache_clear()


def test_words_of_its_own_are_not_mistaken_for_those_of_the_catalogue() -> None:
    """A therapist's own squat keeps what it says otherwise, and shares what it says alike."""
    squat = catalogue.load("squat")
    own = msgspec.structs.replace(
        squat, words=msgspec.structs.replace(squat.words, short="Sit back onto the box.")
    )
    assert catalogue.words(own, "de").short == "Sit back onto the box."
    assert catalogue.words(own, "de").steps == catalogue.words(squat, "de").steps


def test_a_misspelt_key_is_an_error_with_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "eo").mkdir()
    (tmp_path / "eo" / "exercises.toml").write_text('[squat]\nnam = "Kaŭro"\n', encoding="utf-8")
    monkeypatch.setattr(translations, "HERE", tmp_path)
    translations.languages.cache_clear()
    with pytest.raises(ExerciseFileError, match=r"eo/exercises.toml.*nam"):
        translations.of("eo", "exercises")
    monkeypatch.undo()
    translations.languages.cache_clear()
