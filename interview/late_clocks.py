"""When something was written on a tablet without a network: what may be believed of its clock."""

from datetime import datetime


def credible(device_time: datetime | None, received_at: datetime, not_before: datetime) -> datetime:
    """The moment at which it was written: the tablet's word for it, between two moments of the server.

    A danger that a worker knew of at ten has been known since ten, wherever she had a signal: its clocks
    run from then, and not from its arrival. The tablet's clock may be wrong: it is not believed before the
    talk was given to her, nor after what it says was received. Where it says nothing, the arrival counts.
    """
    if device_time is None:
        return received_at
    return min(max(device_time, not_before), received_at)
