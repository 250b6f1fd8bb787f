"""For the authors of drills: `verify` says whether a drill is sound, `new` begins one."""

from cvdrill.authoring.answers import Mistake, mistaken_source, mistakes, names
from cvdrill.authoring.report import Finding, Report, Step, Survivor
from cvdrill.authoring.template import new
from cvdrill.authoring.verification import verify

__all__ = [
    "Finding",
    "Mistake",
    "Report",
    "Step",
    "Survivor",
    "mistaken_source",
    "mistakes",
    "names",
    "new",
    "verify",
]
