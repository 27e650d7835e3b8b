"""The worker: a child does the job, and whatever happens to child or worker, the job ends once and kindly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from coach.io.opencv import cv2
from tests.coach.io.clips import SAMPLE, write_clip
from tests.webapp.live.clinic import Clinic, seed
from webapp.curves import curves
from webapp.jobs import tidying
from webapp.jobs.kinds import KINDS
from webapp.jobs.process import Child, Ended
from webapp.jobs.wire import Done, Progress, Refused, Task
from webapp.jobs.worker import CRASHED, TOO_SLOW, Worker
from webapp.store import access, jobs, sessions, videos
from webapp.store.base import utc_now
from webapp.store.engine import Database
from webapp.store.job_tables import Job
from webapp.store.series import FolderSeries
from webapp.store.session_tables import PatientSession

ROOT = Path(__file__).parents[3]
HERE = "tests.webapp.jobs.works"
FRAMES = 90
REPS = 2


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Made once; copied for each test."""
    return seed(tmp_path_factory.mktemp("jobs"))


@pytest.fixture(scope="module")
def squats(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The first two squats of the sample at ten pictures a second: quick to judge."""
    place = tmp_path_factory.mktemp("clip") / "squats.mp4"
    film = cv2.VideoCapture(str(SAMPLE))
    pictures = [film.read()[1] for _ in range(FRAMES * 3)][::3]
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(
        str(place), cv2.VideoWriter.fourcc(*"mp4v"), 10.0, (width // 2, height // 2)
    )
    for picture in pictures:
        writer.write(cv2.resize(picture, (width // 2, height // 2)))
    writer.release()
    film.release()
    return place.read_bytes()


class Line:
    """A clinic with a worker, and videos to send."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.settings = clinic, clinic.settings
        self.database = Database(self.settings.database)
        self.worker = Worker(self.database, self.settings)

    def send(self, clip: bytes) -> str:
        folder = self.settings.uploads / self.clinic.patient.clinic_id
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.monotonic_ns()}.video"
        (folder / name).write_bytes(clip)
        with self.database.writing() as session:
            prescription = access.require_prescription(
                session, self.clinic.patient, self.clinic.prescription
            )
            file = f"{folder.name}/{name}"
            return videos.enqueue(session, self.clinic.patient, prescription, file, 1.0).id

    def read(self, job_id: str) -> Job:
        with self.database.reading() as session:
            return session.get_one(Job, job_id)

    @property
    def files(self) -> list[Path]:
        return [file for file in self.settings.uploads.rglob("*") if file.is_file()]


@pytest.fixture
def line(seeded: Clinic, tmp_path: Path) -> Iterator[Line]:
    shutil.copy(seeded.settings.data_dir / "coach.db", tmp_path / "coach.db")
    settings = seeded.settings.model_copy(update={"data_dir": tmp_path})
    found = Line(replace(seeded, settings=settings))
    yield found
    found.database.close()


def use(monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    """Let a video's job do something else: a function of `works`."""
    monkeypatch.setitem(KINDS, "video", replace(KINDS["video"], run=f"{HERE}:{work}"))


def test_a_video_becomes_a_session_that_replays_as_it_was_judged(line: Line, squats: bytes) -> None:
    job = line.send(squats)
    assert line.worker.work_once()
    row = line.read(job)
    assert (row.status, row.result, row.attempts) == ("done", {"session": job, "reps": REPS}, 1)
    assert line.files == []
    with line.database.reading() as session:
        found = session.get_one(PatientSession, job)
        assert (found.source, found.status, found.reps) == ("upload", "done", REPS)
        assert found.correct + found.incomplete + found.faulty == REPS
        assert found.duration_s == pytest.approx(FRAMES / 10, abs=0.2)
        assert len(sessions.events(session, job)) >= REPS
        drawn = curves(session, found, FolderSeries(line.settings.data_dir / "series"))
        assert drawn["source"].startswith("Measured in each picture")
        assert len(drawn["t_s"]) == FRAMES + 1


def hostile(film: bytes, tmp_path: Path) -> dict[str, bytes]:
    """Files that a patient may send by mistake, or somebody else on purpose."""
    chance = np.random.default_rng(8)
    broken = bytearray(film)
    for place in chance.integers(0, len(film), 400):
        broken[place] = chance.integers(0, 256)
    (tmp_path / "bomb.m3u8").write_text("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n")
    return {
        "noise": chance.bytes(5000),
        "cut off": film[:3000],
        "broken within": bytes(broken),
        "a picture": cv2.imencode(".png", np.zeros((1, 1, 3), np.uint8))[1].tobytes(),
        "playlist": (tmp_path / "bomb.m3u8").read_bytes(),
        "tiny": write_clip(tmp_path / "tiny.mp4", 3, (16, 16)).read_bytes(),
        "nobody": write_clip(tmp_path / "empty.mp4", 8, (96, 64)).read_bytes(),
    }


def test_hostile_files_end_in_a_kind_failure_and_leave_nothing(
    line: Line, squats: bytes, tmp_path: Path
) -> None:
    sent = {name: line.send(clip) for name, clip in hostile(squats, tmp_path).items()}
    while line.worker.work_once():
        pass
    ended = {name: line.read(job) for name, job in sent.items()}
    assert ended.pop("broken within").status in ("done", "failed")
    assert {row.status for row in ended.values()} == {"failed"}
    assert ended.pop("nobody").error == "nobody"
    assert {row.error for row in ended.values()} == {"unreadable"}
    assert line.files == []


def test_a_child_that_dies_is_tried_again_and_then_given_up(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, "die")
    job = line.send(b"x")
    rounds = 0
    while line.worker.work_once():
        rounds += 1
    row = line.read(job)
    assert (row.status, row.error, rounds) == ("failed", CRASHED, jobs.MOST_ATTEMPTS)
    assert line.files == []


def test_too_much_memory_is_refused_to_the_child(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, "eat")
    job = line.send(b"x")
    line.worker.work_once()
    assert (line.read(job).status, line.read(job).error) == ("failed", "too_big")


def test_too_slow_is_ended_with_all_that_the_child_started(
    line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, "start_another_and_sleep")
    job = line.send(b"x")
    seconds = iter(range(0, 10**9, 500))  # a clock on which every look takes minutes
    Worker(line.database, line.settings, clock=lambda: float(next(seconds))).work_once()
    assert (line.read(job).status, line.read(job).error) == ("failed", TOO_SLOW)
    assert line.files == []


def test_a_killed_child_leaves_no_grandchild(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    task = Task(f"{HERE}:start_another_and_sleep", {"told": str(told)}, 500, 60)
    with Child(task) as child:
        while not told.exists() or not told.read_text():
            assert child.hear(0.1) is None
    _gone(int(told.read_text()))


def test_what_the_child_prints_is_no_answer(tmp_path: Path) -> None:
    heard = []
    with Child(Task(f"{HERE}:chatter", {"n": 3}, 500, 60)) as child:
        while not isinstance(heard[-1] if heard else None, Done | Refused):
            heard.append(child.hear(30.0))
    assert [type(one) for one in heard] == [Progress, Done]
    assert heard[-1] == Done({"n": 3, "secret": None})


def test_a_child_that_says_nonsense_has_ended() -> None:
    with Child(Task(f"{HERE}:nowhere", {}, 500, 60)) as child, pytest.raises(Ended):
        child.hear(30.0)


def test_a_worker_that_stops_gives_its_job_back(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, "start_another_and_sleep")
    job = line.send(b"x")
    line.worker.start()
    _until(lambda: line.read(job).status == "running")
    line.worker.stop()
    row = line.read(job)
    assert (row.status, row.attempts) == ("waiting", 0)
    assert len(line.files) == 1


def test_calling_it_off_ends_the_child_and_deletes_the_video(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, "start_another_and_sleep")
    monkeypatch.setattr("webapp.jobs.worker.RENEW_EVERY_S", 0.1)
    job = line.send(b"x")
    doing = threading.Thread(target=line.worker.work_once)
    doing.start()
    _until(lambda: line.read(job).status == "running")
    with line.database.writing() as session:
        jobs.cancel(session, session.get_one(Job, job), utc_now())
    doing.join(30)
    assert not doing.is_alive()
    assert line.read(job).status == "cancelled"
    assert line.files == []


def test_a_worker_killed_in_the_middle_loses_nothing(line: Line, squats: bytes) -> None:
    """SIGKILL to a real `coach worker`: its child goes with it, another does the job, and there is one session."""
    job = line.send(squats)
    environment = {
        "COACH_DATA_DIR": str(line.settings.data_dir),
        "COACH_SECRET_KEY": line.settings.secret_key,
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", "worker"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _until(lambda: line.read(job).status == "running")
    _until(lambda: bool(_children(worker.pid)))
    [child] = _children(worker.pid)
    worker.kill()
    worker.wait()
    _gone(child)
    assert line.read(job).status == "running"
    assert not line.worker.work_once()  # the lease is still held
    later = Worker(line.database, line.settings, now=lambda: utc_now() + 2 * jobs.LEASE)
    assert later.work_once()
    row = line.read(job)
    assert (row.status, row.attempts, row.result) == ("done", 2, {"session": job, "reps": REPS})
    with line.database.reading() as session:
        query = select(func.count()).where(PatientSession.source == "upload")
        assert session.scalar(query) == 1


def test_old_files_of_no_job_are_forgotten(line: Line) -> None:
    wanted = line.send(b"x")
    folder = line.settings.uploads / line.clinic.patient.clinic_id
    for name in ("young.video", "old.video", "old.video.npz"):
        (folder / name).write_bytes(b"x")
    for file in folder.iterdir():
        if "young" not in file.name:
            os.utime(file, (0, 0))
    assert tidying.forget_orphans(line.database, line.settings.uploads, utc_now()) == 2
    assert len(line.files) == 2
    assert line.read(wanted).status == "waiting"


def _until(true: Callable[[], bool], within_s: float = 60.0) -> None:
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in told for child in file.read_text().split()]


def _gone(process: int) -> None:
    def gone() -> bool:
        try:
            return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
        except FileNotFoundError:
            return True

    _until(gone)
