"""What pages cost, in figures that can be compared from machine to machine: `python3 run.py bench`."""
