"""When to look for garbage: where nobody waits for a key to show.

Python looks through all there is each time much is new; in an app of this size that holds up keys for 50 to 150 ms.
"""

from __future__ import annotations

import gc


def wait_with_garbage() -> None:
    """None is looked for until `first_screen_seen`: starting makes hardly any."""
    gc.disable()


def first_screen_seen() -> None:
    """What is loaded by now stays, and is not looked through again."""
    gc.freeze()
    gc.enable()


def tidy() -> None:
    """Look through everything now, so that what stays need not be looked through while the user answers."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
