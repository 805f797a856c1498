"""Rates that are drawn, not chosen: see kinds/wide.py."""
from kinds import wide

MIX, EXTRA = wide.mix(1)
