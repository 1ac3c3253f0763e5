"""The commands of this room that have no room of their own."""
