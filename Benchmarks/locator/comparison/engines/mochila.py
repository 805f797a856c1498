"""Ours, by the program: `mochila locate` writes the results and its figures itself."""
