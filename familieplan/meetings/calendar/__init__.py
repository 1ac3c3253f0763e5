"""Calendars: invitations out, replies and busy times in, the time that suits. Pure functions: no database, no clock."""
