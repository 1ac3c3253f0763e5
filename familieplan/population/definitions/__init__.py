"""Definitions as data: who is counted, by which facts, with source. Shipped as TOML beside this; changed by file."""
