"""Consents and other legal bases."""
