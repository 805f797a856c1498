"""What the people of the journeys do, page by page."""
