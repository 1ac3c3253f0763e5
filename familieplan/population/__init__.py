"""How many families, where, and what it could be worth: analysis of register extracts, alone or from the platform.

Imports nothing of the platform. Reads the tables of `tables.py` from one folder; gives aggregates only.
"""
