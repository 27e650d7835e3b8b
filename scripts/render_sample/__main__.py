"""Render a sample clip with its poster and its truth file.

    python -m scripts.render_sample squat_side --clips DIR --truth DIR [--still SECONDS ...]

Needs the packages in README.md and ffmpeg with libx264; none of it is needed by the project.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from .body import Body, load_body
from .clothes import dressed, floor_z
from .mesh import Floats
from .motion import PoseAt, Tempo, Timeline, arm_raise, evenly, squat, true_angles
from .pose import Posed
from .scene import Stage, View

FPS = 30
SIZE = (640, 480)

Line = tuple[tuple[str, ...], tuple[str, ...]]  # from the middle of these joints to that of those


@dataclass(frozen=True)
class Clip:
    """One clip: what is done, how it is seen and which angles its truth file holds.

    Attributes:
        exercise: id of the exercise it shows.
        measured: the angle whose turning points are the repetitions.
        angles: all angles written per frame.
        image_lines: the two lines between joints that make the measured angle in the picture.
        poster_s: the moment of the poster.
        rate: x264's constant rate factor; lower is larger and finer.
    """

    exercise: str
    pose_at: PoseAt
    timeline: Timeline
    view: View
    measured: str
    angles: tuple[str, ...]
    image_lines: tuple[Line, Line]
    poster_s: float
    rate: int


CLIPS = {
    "squat_side": Clip(
        exercise="squat",
        pose_at=squat,
        timeline=evenly(2.5, 0.5, 2.0, Tempo(1.25, 0.2, 1.25), 4.0, [102, 104, 57, 103, 101]),
        view=View(78.0, 3.3, 1.15, (-0.12, 0.93), 37.5, (1.9, 0.84)),
        measured="left_knee_flexion",
        angles=("left_knee_flexion", "left_hip_flexion", "trunk_lean_forward"),
        image_lines=(
            (("upperleg01.L",), ("lowerleg01.L",)),
            (("lowerleg01.L",), ("foot.L",)),
        ),
        poster_s=3.55,
        rate=23,
    ),
    "arm_raise_front": Clip(
        exercise="shoulder_abduction",
        pose_at=arm_raise,
        timeline=evenly(2.5, 0.5, 2.0, Tempo(1.4, 0.3, 1.4), 10.0, [118, 121, 120, 119]),
        view=View(0.0, 3.4, 1.2, (0.0, 1.0), 38.0, (1.1, 1.0)),
        measured="left_shoulder_abduction",
        angles=("left_shoulder_abduction", "right_shoulder_abduction"),
        image_lines=(
            (("upperarm01.L",), ("lowerarm01.L",)),
            (("upperarm01.L", "upperarm01.R"), ("upperleg01.L", "upperleg01.R")),
        ),
        poster_s=3.6,
        rate=24,
    ),
}


def main() -> None:
    """Read the arguments; render stills for a look, or the whole clip."""
    parser = argparse.ArgumentParser(prog="python -m scripts.render_sample")
    parser.add_argument("clip", choices=sorted(CLIPS))
    parser.add_argument("--clips", type=Path, required=True, help="folder for clip and poster")
    parser.add_argument("--truth", type=Path, required=True, help="folder for the truth file")
    parser.add_argument("--still", type=float, nargs="*", help="only these moments, as PNG")
    wanted = parser.parse_args()
    clip, body = CLIPS[wanted.clip], load_body()
    stage = Stage(dressed(body), floor_z(body), clip.view, SIZE)
    if wanted.still:
        for t_s in wanted.still:
            picture = stage.picture(figure_at(clip, body, t_s))
            cv2.imwrite(str(wanted.clips / f"{wanted.clip}_{t_s:05.2f}.png"), picture)
        return
    write_clip(clip, body, stage, wanted.clips / f"{wanted.clip}.mp4")
    truth = json.dumps(truth_of(clip, wanted.clip, body, stage))
    (wanted.truth / f"sample_{clip.exercise}_truth.json").write_text(truth + "\n")


def figure_at(clip: Clip, body: Body, t_s: float) -> Posed:
    """The figure at a moment of the clip."""
    return clip.pose_at(body.skeleton, clip.timeline.angle_deg(t_s), clip.timeline.sway(t_s))


def write_clip(clip: Clip, body: Body, stage: Stage, path: Path) -> None:
    """Pipe every frame into ffmpeg and save the poster beside the clip."""
    with subprocess.Popen(_ffmpeg(clip.rate, path), stdin=subprocess.PIPE) as encoder:
        for frame in range(_frames(clip)):
            picture = stage.picture(figure_at(clip, body, frame / FPS))
            if encoder.stdin is not None:
                encoder.stdin.write(picture.tobytes())
    if encoder.returncode != 0:
        raise SystemExit("ffmpeg failed; is it installed with libx264?")
    poster = stage.picture(figure_at(clip, body, clip.poster_s))
    cv2.imwrite(str(path.with_suffix(".jpg")), poster, [cv2.IMWRITE_JPEG_QUALITY, 85])


def _frames(clip: Clip) -> int:
    return round(clip.timeline.duration_s * FPS)


def _ffmpeg(rate: int, path: Path) -> list[str]:
    """H.264 main profile, 4:2:0, index in front: plays in every browser while loading."""
    source = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(FPS)]
    colour = ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    coder = ["-c:v", "libx264", "-profile:v", "main", "-preset", "slow", "-crf", str(rate)]
    ends = ["-g", "60", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact"]
    quiet = ["ffmpeg", "-y", "-loglevel", "error"]
    return [*quiet, *source, "-i", "-", *colour, *tags, *coder, *ends, str(path)]


def truth_of(clip: Clip, name: str, body: Body, stage: Stage) -> dict[str, object]:
    """Everything known for certain about the clip; angles from joint centres, not the mesh."""
    figures = [figure_at(clip, body, frame / FPS) for frame in range(_frames(clip))]
    angles = [true_angles(figure) for figure in figures]
    curves = {key: [round(a[key], 2) for a in angles] for key in clip.angles}
    return {
        "schema": 1,
        "clip": f"{name}.mp4",
        "exercise": clip.exercise,
        "fps": FPS,
        "frames": len(figures),
        "size_px": list(SIZE),
        "measured": clip.measured,
        "reps": _reps(clip, curves[clip.measured]),
        "angles_deg": curves,
        "image_angle_deg": [_image_angle(clip, stage, figure) for figure in figures],
    }


def _reps(clip: Clip, curve: list[float]) -> list[dict[str, float]]:
    """Start, turn and end of every repetition with the angle reached."""
    tempo, found = clip.timeline.tempo, []
    for index, rep in enumerate(clip.timeline.reps, start=1):
        peak_s = rep.start_s + tempo.out_s + tempo.hold_s / 2
        found.append(
            {
                "index": index,
                "start_s": round(rep.start_s, 3),
                "peak_s": round(peak_s, 3),
                "end_s": round(rep.start_s + tempo.total_s, 3),
                "peak_deg": curve[round(peak_s * FPS)],
            }
        )
    return found


def _image_angle(clip: Clip, stage: Stage, figure: Posed) -> float:
    """The measured angle as the joint centres show it in the picture, 0..180 degrees."""
    one, two = (_in_picture(line, stage, figure) for line in clip.image_lines)
    cross = one[0] * two[1] - one[1] * two[0]
    return round(float(np.degrees(np.arctan2(abs(cross), one @ two))), 2)


def _in_picture(line: Line, stage: Stage, figure: Posed) -> Floats:
    """(2,) pixels from the middle of some joints to the middle of others."""
    start, end = (np.mean([figure.joint(name) for name in names], axis=0) for names in line)
    ends = stage.pixels(np.array([start, end]))
    return np.asarray(ends[1] - ends[0])


if __name__ == "__main__":
    main()
