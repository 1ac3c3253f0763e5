"""The analysis: written once as Narwhals frames, for every engine. Filter early, one row for each person, then join."""
