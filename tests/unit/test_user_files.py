"""Which files are the program's own."""

from __future__ import annotations

from typing import Any

import pytest

from heapwise.model.stacks import Stacks

META = {
    "library_directories": ["/usr/lib/python3.11"],
    "command": ["python", "/home/me/app/run.py"],
}


def is_user_file(file: str, **more: Any) -> bool:
    stacks = Stacks.__new__(Stacks)
    stacks.meta = META | more
    return stacks.is_user_file(file)


@pytest.mark.parametrize(
    ("file", "own"),
    [
        ("/home/me/app/run.py", True),
        ("/usr/lib/python3.11/json/decoder.py", False),
        ("/opt/late/lib/site-packages/pandas/core/frame.py", False),
        ("/usr/lib/python3/dist-packages/yaml/loader.py", False),
        ("/home/me/site-packages-of-mine/a.py", True),
        ("<attrs generated init x>", False),
    ],
)
def test_installed_files_are_none_of_the_programs(file: str, own: bool) -> None:
    assert is_user_file(file) is own


def test_a_program_that_lies_among_packages_is_its_own() -> None:
    script = "/srv/site-packages/tool/main.py"
    assert is_user_file("/srv/site-packages/tool/part.py", command=["python", script])
    assert is_user_file("/srv/site-packages/tool/part.py", directory="/srv/site-packages/tool")


def test_code_that_libraries_make_of_texts_is_none_of_the_programs() -> None:
    assert is_user_file("<string>", command=[])
    assert not is_user_file("<string>")
    assert is_user_file("<string>", command=["python", "-X", "dev", "-c", "import app"])
    assert not is_user_file("<string>", command=["python", "-X", "dev", "app.py", "-c", "1"])
    assert not is_user_file("<string>", command=["python", "-m", "app", "-c", "1"])
