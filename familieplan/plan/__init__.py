"""Familiens Plan: topics, goals, agreements, interventions, fridge plan."""
