"""Other engines beside ours, on the same files, with the same scorer."""
