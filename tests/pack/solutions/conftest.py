from cvdrill.testing import attempt, reference, rng

__all__ = ["attempt", "reference", "rng"]
