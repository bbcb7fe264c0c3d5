"""How long something usually takes, told without embellishing it."""

from collections.abc import Sequence
from datetime import timedelta

USUAL_SINCE = timedelta(days=90)  # what tells how long it takes lately, of which
USUAL_LEAST = 5  # that came to an end are few enough for a small server and too many for chance alone


def usual_wait(waits: Sequence[timedelta | None]) -> timedelta | None:
    """Return the wait in the middle of ``waits``, among which None stands for what nobody answered.

    None where too few were answered, or where most were not: then nothing can be said without embellishing it.
    """
    answered = sorted(wait for wait in waits if wait is not None)
    middle = len(waits) // 2
    return answered[middle] if len(answered) >= USUAL_LEAST and middle < len(answered) else None
