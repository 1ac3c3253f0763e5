"""The fridge plan: one A4 page, readable from a metre, in the reader's own scope."""
