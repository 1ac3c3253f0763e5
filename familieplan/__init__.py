"""Familiens Plan: one shared plan for a family, held by consent."""
