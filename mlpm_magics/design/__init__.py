"""The design checker: every behaviour of an ML product's design, explored before it is built."""

from mlpm_magics.design.check import check_design
from mlpm_magics.design.whatif import what_if

__all__ = ["check_design", "what_if"]
