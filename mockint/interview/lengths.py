"""How long an answer usually is."""

from __future__ import annotations

from mockint.model import Expects

TARGET_S: dict[Expects, int] = {
    "story": 120,
    "approach": 90,
    "explanation": 90,
    "pitch": 90,
    "motivation": 60,
    "ask": 30,
}
"""Chosen inside what real answers take: 90 % of them 18 to 130 s, behavioural ones the longer half."""
