"""Templates, components, icons, styles."""
