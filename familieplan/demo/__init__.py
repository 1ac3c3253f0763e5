"""The demo municipality, told through actions."""
