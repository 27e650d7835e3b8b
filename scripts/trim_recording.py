"""Cut a landmark recording down to a golden one: a few seconds, rounded far below the pose model's own error.

`python -m scripts.trim_recording IN.npz OUT.npz [--from S] [--to S] [--source NAME]`
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.io.recording import Recording, read, write

_PIXEL, _METRE, _SHARE = 1 / 4, 1 / 512, 1 / 64


def trimmed(recording: Recording, from_s: float, to_s: float, source: str) -> Recording:
    """The frames between two times, the first at 0 s."""
    kept = (recording.t_s >= from_s) & (recording.t_s < to_s)
    t_s = recording.t_s[kept]
    return Recording(
        np.round(t_s - t_s[0], 4),
        _rounded(recording.image_px[kept], _PIXEL),
        _rounded(recording.world_m[kept], _METRE),
        _rounded(recording.visibility[kept], _SHARE),
        recording.size_px,
        {**recording.meta, "source": source},
    )


def _rounded(values: NDArray[np.float32], step: float) -> NDArray[np.float32]:
    return (np.round(values / step) * step).astype(np.float32)


def main() -> None:
    """Read the command line, write the cut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--from", dest="from_s", type=float, default=0.0)
    parser.add_argument("--to", dest="to_s", type=float, default=15.0)
    parser.add_argument("--source", default="")
    given = parser.parse_args()
    whole = read(given.recording)
    source = given.source or str(whole.meta.get("source", ""))
    write(given.output, trimmed(whole, given.from_s, given.to_s, source))


if __name__ == "__main__":
    main()
