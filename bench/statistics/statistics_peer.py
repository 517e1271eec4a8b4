"""NumPy's and SciPy's side of bench/statistics/statistics.ts: AUC of ten pairs of grades in samples of patients drawn with replacement.
Reads values, grades and patients as JSON on standard input; prints the seconds of `resamples` draws."""
import json
import sys
import time

import numpy as np
from scipy.stats import rankdata

resamples = int(sys.argv[1])
table = json.load(sys.stdin)
value, grade, patient = (np.array(table[k]) for k in ("value", "grade", "patient"))
members = [np.flatnonzero(patient == p) for p in np.unique(patient)]
rng = np.random.default_rng(1)
start = time.perf_counter()
for _ in range(resamples):
    rows = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
    v, g = value[rows], grade[rows]
    for a in range(5):
        for b in range(a + 1, 5):
            x, y = v[g == a], v[g == b]
            ranks = rankdata(np.concatenate([x, y]))
            (ranks[len(x):].sum() - len(y) * (len(y) + 1) / 2) / (len(x) * len(y))
print(time.perf_counter() - start)
