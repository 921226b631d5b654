"""Whether a module is just being loaded: the one moment at which nothing may be broken off.

Compiled code that was loaded by half cannot be loaded again: until the kernel is restarted every further use
ends in an ImportError. So whoever stops work with a signal looks here first, and waits.
"""

from __future__ import annotations

from types import FrameType

_MACHINERY = "<frozen importlib._bootstrap>"


def loads(frame: FrameType | None) -> int:
    """How many modules are being loaded at this frame, one within the other.

    Example:
        >>> import sys
        >>> loads(None)
        0
    """
    count = 0
    while frame is not None:
        code = frame.f_code
        count += code.co_name == "_load_unlocked" and code.co_filename == _MACHINERY
        frame = frame.f_back
    return count
