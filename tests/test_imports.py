"""Starting is fast because heavy packages are loaded only where they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "textual",
    "torch",
    "whisper",
    "sounddevice",
    "soundfile",
    "numpy",
    "pocketsphinx",
    "pyttsx3",
    "yaml",
    "sqlite3",
)


def loaded_by(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint('\\n' + ' '.join(sys.modules))"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return set(out.splitlines()[-1].split()) & set(HEAVY)


@pytest.mark.parametrize(
    "code",
    [
        "import mockint",
        "from mockint.cli import main; main(['--help'])",
        "from mockint.cli import main; main(['bank', '--help'])",
    ],
)
def test_help_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code) == set()


def test_the_app_loads_no_engine_and_no_device() -> None:
    assert loaded_by("import mockint.tui.app") <= {"textual", "yaml"}
