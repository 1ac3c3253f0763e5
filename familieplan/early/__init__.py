"""The early meeting, before there is a case: parents first, a small yes, and a way into a course (decision 20)."""
