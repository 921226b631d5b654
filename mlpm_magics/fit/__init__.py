"""Does ML fit? From what the PM says, and what was measured, to an honest verdict with its reasons."""

from mlpm_magics.fit.assessment import RemembersMeasurements, assess_fit
from mlpm_magics.fit.brief import Brief, read_brief
from mlpm_magics.fit.library import find_cases

__all__ = ["Brief", "RemembersMeasurements", "assess_fit", "find_cases", "read_brief"]
