"""The report as one HTML file: figures first, then every clip that went wrong, with pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from coach.commands.evaluating.angles import AngleScore
from coach.commands.evaluating.counts import Outcome
from coach.commands.evaluating.report import Report, count_row
from coach.errors import MediaError
from coach.io.atomic_write import write_atomically
from coach.io.opencv import cv2
from coach.io.picture import Pixels
from coach.io.video import open_video

_PICTURES: Final = 8
_WIDTH_PX: Final = 220
_NEAR_S: Final = 0.05
_HEAD: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1d2b2a;
background:#faf7f2}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;border-bottom:1px solid #d9d3c8;
text-align:left}
td.n{text-align:right}figure{display:inline-block;margin:.25rem}figcaption{font-size:.8rem}article{margin:2rem 0}
@media (prefers-color-scheme:dark){body{color:#e8e6e1;background:#171c1c}th,td{border-color:#3a4242}}
</style><h1>Evaluation</h1>"""


def write(path: Path, report: Report) -> None:
    """Write the report. Raises MediaError."""
    body = "".join(
        [_HEAD, *_counts(report), *_angles(report.angles), *_form(report), *_wrong(report)]
    )
    try:
        write_atomically(path, body.encode())
    except OSError as error:
        raise MediaError(f"{path} cannot be written: {error.strerror or error}.") from None


def _counts(report: Report) -> Iterator[str]:
    if report.counts:
        heads = (
            "",
            "clips",
            "exact",
            "off by one",
            "MAE",
            "false",
            "of without",
            "timing",
            "failed",
        )
        yield "<h2>Counting</h2>"
        yield _table(heads, [count_row(name, score) for name, score in report.counts.items()])
    if report.causes:
        yield "<h3>Why not exact</h3>"
        yield _table(("cause", "clips"), [(name, str(n)) for name, n in report.causes.items()])


def _angles(scores: Sequence[AngleScore]) -> Iterator[str]:
    if scores:
        heads = ("clip", "angle", "vouched", "MAE", "bias", "largest", "within the band")
        yield "<h2>Angles</h2>"
        yield _table(heads, [_angle_row(score) for score in scores])


def _angle_row(score: AngleScore) -> tuple[str, ...]:
    figures = (score.vouched, score.mae_deg, score.bias_deg, score.largest_deg, score.within)
    return (score.clip, score.angle, *("–" if one is None else f"{one:g}" for one in figures))


def _form(report: Report) -> Iterator[str]:
    if report.form:
        yield "<h2>Form</h2><p>The chance that a correct repetition scores above an incorrect one.</p>"
        yield _table(("movement", "AUC"), [(k, f"{v:.3f}") for k, v in report.form_scores.items()])


def _wrong(report: Report) -> Iterator[str]:
    wrong = [(folder, one) for folder, one in report.outcomes if not one.exact]
    if wrong:
        yield "<h2>Clips that went wrong</h2>"
    for folder, outcome in wrong:
        label = outcome.label
        said = outcome.error or f"{label.reps} labelled, {outcome.counted} counted: {outcome.cause}"
        yield f"<article><h3>{escape(label.file)}</h3><p>{escape(label.exercise)}: {escape(said)}</p>"
        yield from _figures(folder / label.file, outcome)
        yield "</article>"


def _figures(path: Path, outcome: Outcome) -> Iterator[str]:
    """Pictures of a video at the ends that were labelled and counted, and in between."""
    moments = sorted(
        [(end_s, "labelled end") for end_s in outcome.label.ends_s]
        + [(end_s, "counted end") for end_s in outcome.ends_s]
    )
    if path.suffix == ".npz" or not path.exists():
        yield "<p>" + escape(", ".join(f"{t_s:.1f} s {what}" for t_s, what in moments)) + "</p>"
        return
    try:
        yield from _pictures(path, moments)
    except MediaError as error:
        yield f"<p>{escape(str(error))}</p>"


def _pictures(path: Path, moments: Sequence[tuple[float, str]]) -> Iterator[str]:
    with open_video(path) as video:
        span_s = video.frame_count / video.fps
        spread = [(span_s * i / (_PICTURES - 1), "") for i in range(_PICTURES)]
        wanted = sorted([*moments, *spread][: 3 * _PICTURES])
        for picture in video:
            while wanted and picture.t_s >= wanted[0][0] - _NEAR_S:
                t_s, what = wanted.pop(0)
                yield _figure(picture.bgr, f"{t_s:.1f} s {what}")


def _figure(bgr: Pixels, caption: str) -> str:
    height, width = bgr.shape[:2]
    small = cv2.resize(bgr, (_WIDTH_PX, max(1, round(height * _WIDTH_PX / width))))
    coded = base64.b64encode(cv2.imencode(".jpg", small)[1].tobytes()).decode()
    image = f'<img alt="" width="{_WIDTH_PX}" src="data:image/jpeg;base64,{coded}">'
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"
