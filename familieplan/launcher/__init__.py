"""Everything that happens around the product: a database of its own, assets, translations, checks, tests, the demo."""
