"""The machine is asked to stay awake, and whether it does is told."""

from __future__ import annotations

import pytest

from mockint.awake import SystemAwake


def test_a_system_that_stays_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")  # wakepy's own way to be tried without a desktop
    awake = SystemAwake()
    assert awake.begin() == ""
    awake.end()
    awake.end()


def test_a_system_without_a_desktop_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAKEPY_FAKE_SUCCESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    awake = SystemAwake()
    assert awake.begin()
    awake.end()
