"""readiness/checks."""
