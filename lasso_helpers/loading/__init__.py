"""From a table on the disk to a `Dataset`."""

from .shipped import load_diabetes, load_prostate
from .tables import from_frame, load_csv
