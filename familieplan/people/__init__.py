"""Persons, custody, households, families, units, staff."""
