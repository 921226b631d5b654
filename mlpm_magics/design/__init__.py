"""The design checker: every behaviour of an ML product's design, explored before it is built."""

from mlpm_magics.design.check import check_design

__all__ = ["check_design"]
