"""How fast cvdrill is, next to plain pytest: ``python -m tests.bench`` from the checkout."""
