"""Settings from the file and the environment, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from heapwise import config
from heapwise.errors import ConfigurationError


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.heapwise]\nkeep = 3\nsample = "64KiB"\nnative = true\n'
    )
    assert config.load(tmp_path, {}) == config.Settings(keep=3, sample=65536, native=True)
    found = config.load(
        tmp_path, {"HEAPWISE_KEEP": "7", "HEAPWISE_CHILDREN": "off", "HEAPWISE_CAPTURE_PATH": "x"}
    )
    assert found == config.Settings(keep=7, sample=65536, native=True, children=False)


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path, {}) == config.Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.heapwise]\nkep = 3\n", "did you mean keep"),
        ("[tool.heapwise]\nkeep = -1\n", "whole number"),
        ('[tool.heapwise]\nsample = "much"\n', "a size"),
        ('[tool.heapwise]\nnative = "perhaps"\n', "true or false"),
        ("[tool.heapwise\n", "cannot be read"),
        ("[tool]\nheapwise = 3 # tool.heapwise\n", "no table"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=says):
        config.load(tmp_path, {})


def test_an_unknown_variable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="did you mean sample"):
        config.load(tmp_path, {"HEAPWISE_SAMPEL": "1"})
