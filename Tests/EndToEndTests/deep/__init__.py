"""Tests that take long: kills, full disks, slow clients, dead partners. Marked `deep`."""
