"""What pip installs works: templates and data are found from a wheel, an sdist and an editable install."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest
from har_builder import ROOT, product, search, targets, written

from har2rpc.version import __version__

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None,
    reason="hatchling is not installed: nothing was built",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SDIST = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
PARTS = tuple(part for part in ("pyproject.toml", *SDIST) if (ROOT / part).exists())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed: building writes nothing into the real one."""
    folder = tmp_path_factory.mktemp("checkout") / "har2rpc-checkout"
    folder.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*_cache", "dist", "downloads")
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copy(source, folder / part)
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path) -> dict[str, Path]:
    """The wheel and the sdist."""
    run([sys.executable, "-m", "hatchling", "build"], checkout)
    (wheel,) = (checkout / "dist").glob("*.whl")
    (sdist,) = (checkout / "dist").glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


def run(command: list[str], folder: Path, path: Path | None = None) -> str:
    env = {"PYTHONPATH": str(path)} if path else {}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, env={"PATH": "", **env}
    )
    assert 0 == done.returncode, done.stderr[-2000:]
    return done.stdout


def installed(kind: str, built: dict[str, Path], checkout: Path, folder: Path) -> Path:
    """What stands on sys.path after this kind of installation."""
    if kind == "wheel":
        with zipfile.ZipFile(built["wheel"]) as archive:
            archive.extractall(folder)
        return folder
    if kind == "sdist":
        with tarfile.open(built["sdist"]) as archive:
            archive.extractall(folder, filter="data")
        (unpacked,) = folder.iterdir()
        run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], unpacked)
        (wheel,) = (unpacked / "dist").glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "site")
        return folder / "site"
    build = (
        "import hatchling.build as b, pathlib; "
        f"print(b.build_editable({str(folder)!r}))"
    )  # fmt: skip
    name = run([sys.executable, "-c", build], checkout).split()[-1]
    with zipfile.ZipFile(folder / name) as archive:
        (pth,) = [one for one in archive.namelist() if one.endswith(".pth")]
        (line,) = archive.read(pth).decode().split()
    return Path(line)


@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_templates_and_data_are_found(
    kind: str, built: dict[str, Path], checkout: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    path = installed(kind, built, checkout, tmp_path / "in")
    har2rpc = [sys.executable, "-m", "har2rpc"]
    where = run([sys.executable, "-c", "import har2rpc; print(har2rpc.__file__)"], tmp_path, path)
    assert Path(where.strip()).is_relative_to(path)
    assert (Path(where.strip()).parent / "py.typed").is_file()
    elsewhere = tmp_path / "elsewhere"
    rows = json.loads(run([*har2rpc, "targets", "--json"], elsewhere, path))
    assert targets() == sorted(row["name"] for row in rows)
    capture = written(tmp_path, search())
    for name in ("python", "python-json2"):  # the second one needs the data files, too
        if name in targets():
            made = run([*har2rpc, "convert", "-t", name, capture], elsewhere, path)
            assert product("convert", "-t", name, capture) == made


def test_a_wheel_holds_the_package_and_nothing_else(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    (metadata,) = [top for top in tops if top.endswith(".dist-info")]
    assert {"har2rpc", metadata} == tops
    templates = {path.name for path in (ROOT / "templates").rglob("*.j2")}
    assert templates == {Path(n).name for n in names if n.startswith("har2rpc/templates/")}
    assert f"{metadata}/entry_points.txt" in names and f"{metadata}/licenses/LICENSE" in names
    assert "har2rpc/py.typed" in names


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return message_from_string(archive.read(name).decode())


def test_the_version_stands_in_one_place(built: dict[str, Path]) -> None:
    assert __version__ == metadata_of(built["wheel"])["Version"]
    assert built["sdist"].name == f"har2rpc-{__version__}.tar.gz"
    assert "version" not in PROJECT["project"] and "version" in PROJECT["project"]["dynamic"]


def test_metadata_name_the_pages_the_pythons_and_the_types(built: dict[str, Path]) -> None:
    metadata = metadata_of(built["wheel"])
    pages = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL") or ())
    assert {"Homepage", "Repository", "Changelog", "Issues"} == set(pages)
    assert all(url.startswith("https://") for url in pages.values())
    classifiers = metadata.get_all("Classifier") or ()
    assert "Typing :: Typed" in classifiers
    pythons = [re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c) for c in classifiers]
    named = [match[1] for match in pythons if match]
    assert ["3.11", "3.12", "3.13", "3.14"] == named
    assert f">={named[0]}" == metadata["Requires-Python"]


def test_an_sdist_can_be_built_from(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in ("pyproject.toml", "har2rpc/cli/__init__.py", "har2rpc/py.typed", ".ci/run"):
        assert needed in names
    tops = {name.partition("/")[0] for name in names}
    assert set(PARTS) <= tops
    assert {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"} <= tops
    assert [] == [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
