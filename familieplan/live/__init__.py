"""Live boards: one small process that tells open pages that something has changed, never what. See app.py."""
