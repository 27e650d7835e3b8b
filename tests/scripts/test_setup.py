"""What `make` stands on: pins that agree with each other, and scripts that say what is missing."""

from __future__ import annotations

import ctypes
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from coach.io.model_files import ROOT, load_manifest
from scripts.setup import system_libraries

SETUP = ROOT / "scripts" / "setup"
NPM = json.loads((ROOT / "package.json").read_text())
PYTHON = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def run(script: str, *arguments: str, path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a set-up script on a machine where only `path` holds programs."""
    return subprocess.run(
        ["/bin/sh", str(SETUP / script), *arguments],
        env={"PATH": str(path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def program(folder: Path, name: str, body: str) -> None:
    """Put a shell script `name` into `folder`."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with the few tools that every system has, and nothing else."""
    for tool in ("dirname", "id"):
        real = next(p for p in ("/usr/bin", "/bin") if (Path(p) / tool).exists())
        (tmp_path / tool).symlink_to(Path(real) / tool)
    return tmp_path


def test_npm_packages_are_pinned_exactly() -> None:
    for name, version in {**NPM["dependencies"], **NPM["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_the_models_come_from_the_pinned_package() -> None:
    source = load_manifest().source
    assert NPM["dependencies"][source.package] == source.version


def test_both_builds_of_opencv_are_the_same_version() -> None:
    """They install the same `cv2` folder."""
    pins = [item.partition("==")[2] for item in PYTHON["dependencies"] if "opencv" in item]
    assert len(pins) == 2
    assert len(set(pins)) == 1


def test_missing_libraries_are_named_by_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(library: str) -> None:
        if "GL" in library:
            raise OSError(library)

    monkeypatch.setattr(ctypes, "CDLL", load)
    assert system_libraries.missing_packages() == ["libgl1", "libegl1", "libgles2"]


def test_an_old_python_is_refused_in_one_sentence(machine: Path) -> None:
    program(machine, "python3", "exit 1")
    done = run("find_python.sh", path=machine)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Python 3.11 or later is needed")
    assert done.stderr.count("\n") == 1


def test_a_newer_python_is_found_beside_an_old_one(machine: Path) -> None:
    program(machine, "python3", "exit 1")
    program(machine, "python3.12", "exit 0")
    assert run("find_python.sh", path=machine).stdout == "python3.12\n"


@pytest.mark.parametrize(("version_is_new", "expected"), [(True, "machine"), (False, "wheel")])
def test_node_of_the_machine_is_used_if_new_enough(
    machine: Path, tmp_path: Path, version_is_new: bool, expected: str
) -> None:
    wheel = tmp_path / "venv" / "bin"
    wheel.mkdir(parents=True)
    for folder, accepted in ((machine, version_is_new), (wheel, True)):
        program(folder, "node", f"exit {0 if accepted else 1}")
        program(folder, "npm", "exit 0")
    done = run("node_path.sh", str(tmp_path / "venv"), path=machine)
    assert done.stdout.strip() == str(machine if expected == "machine" else wheel)


def test_what_apt_cannot_bring_is_said_with_the_command(machine: Path) -> None:
    done = run("apt_install.sh", "for the tests", "chromium", path=machine)
    assert done.returncode == 1
    assert "Missing: chromium (for the tests)" in done.stderr
    assert "apt-get install chromium" in done.stderr


def test_nothing_to_install_is_no_work(machine: Path) -> None:
    done = run("apt_install.sh", "for the tests", path=machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
