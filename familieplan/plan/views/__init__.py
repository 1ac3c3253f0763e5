"""The views of the plan, one file for each thing one can write. Each: guard, form, one action, render."""
