"""Starting is fast because heavy packages are loaded only where they are used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
    "jinja2",
    "matplotlib",
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
    assert loaded_by("import mockint.tui.app") <= {"textual"}


FIRST_SCREEN = """
import sys
import mockint.opening, mockint.start
from mockint.runtime import Runtime
from mockint.tui.app import MockintApp
from mockint.tui.screens.home import HomeScreen

loaded = []

class Home(HomeScreen):
    def work(self, work, **_):
        if not loaded:
            loaded.extend(sys.modules if self.query_one("#start").region else ["work before it was seen"])
            self.app.exit()

MockintApp.get_default_screen = lambda app: Home(app.runtime)
MockintApp(Runtime()).run(headless=True)
print(" ".join(loaded))
"""


def test_the_first_screen_is_seen_before_sessions_and_job_are_read(tmp_path: Path) -> None:
    env = {**os.environ, "MOCKINT_HOME": str(tmp_path)}
    out = subprocess.run([sys.executable, "-c", FIRST_SCREEN], env=env, capture_output=True, text=True, check=True)
    loaded = set(out.stdout.split())
    assert "mockint.tui.screens.home" in loaded
    later = {
        "mockint.sessions",
        "mockint.job",
        "mockint.banks",
        "mockint.scoring",
        "mockint.practice",
        "filelock",
        "click",
    }
    assert not loaded & (later | set(HEAVY) - {"textual"})
