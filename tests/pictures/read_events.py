"""Reads what strata wrote with TensorBoard's own reader:  read_events.py TEST_PROGRAM
Ends with 77, skipped, where the package tensorboard is not installed (pip install tensorboard)."""
import os
import subprocess
import sys
import tempfile

try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
except ImportError:
    print("STRATA_SKIP: the Python package tensorboard is not installed")
    sys.exit(77)

expected = {
    "loss/training": [(1, 0.5), (2, 1.0)],
    "accuracy/training": [(1, 0.75), (2, 0.75)],
    "loss/held-out": [(2, 2.0)],
    "accuracy/held-out": [(2, 0.125)],
    "rate": [(1, 0.25), (2, 0.25)],
    "seconds": [(1, 3.0), (2, 3.0)],
    "na\u00efve": [(1 << 40, -0.10000000149011612)],  # as a float
}
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.argv[1], "[events]"], env={**os.environ, "STRATA_EVENTS": folder}, check=True)
    events = EventAccumulator(folder)
    events.Reload()
    found = {tag: [(e.step, e.value) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
assert found == expected, f"TensorBoard reads {found}"
print(f"TensorBoard reads {sum(map(len, found.values()))} numbers of {len(found)} curves")
