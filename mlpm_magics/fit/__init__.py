"""Does ML fit? From what the PM says, and what was measured, to an honest verdict with its reasons."""

from mlpm_magics.fit.assessment import RemembersMeasurements, assess_fit
from mlpm_magics.fit.brief import Brief, read_brief

__all__ = ["Brief", "RemembersMeasurements", "assess_fit", "read_brief"]
