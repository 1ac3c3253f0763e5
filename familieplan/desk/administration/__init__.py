"""The administrator's pages: the municipality's directory and its accounts. Nothing here is about families."""
