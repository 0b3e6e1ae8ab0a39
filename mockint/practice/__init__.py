"""One interview, conducted: the pure states of `interview` driven through the ports, everything kept as it happens."""

from mockint.practice.conduct import Practice
from mockint.practice.updates import CardImproved, CardReady, HintGiven, Notice, PhaseChanged, Ports, Update

__all__ = ["CardImproved", "CardReady", "HintGiven", "Notice", "PhaseChanged", "Ports", "Practice", "Update"]
