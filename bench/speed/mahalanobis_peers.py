"""NumPy's and SciPy's side of bench/speed/mahalanobis.ts: answers each line of standard input with the seconds of one run of each method."""
import json
import sys
import time

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.spatial.distance import cdist

n, d = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(1)
x = rng.normal(size=(n, d))
mean = x[:5000].mean(0)
covariance = np.cov(x[:5000].T)
inverse = np.linalg.inv(covariance)
lower = cholesky(covariance, lower=True)


def einsum():
    gap = x - mean
    return np.sqrt(np.einsum("ij,ij->i", gap @ inverse, gap))


def triangular():
    white = solve_triangular(lower, (x - mean).T, lower=True, check_finite=False)
    return np.sqrt(np.einsum("ij,ij->j", white, white))


def scipy_cdist():
    return cdist(x, mean[None, :], "mahalanobis", VI=inverse)[:, 0]


METHODS = {"numpy einsum": einsum, "triangular solve": triangular, "scipy cdist": scipy_cdist}
answers = [f() for f in METHODS.values()]
assert all(np.allclose(a, answers[0]) for a in answers)
print(json.dumps({"numpy": np.__version__}), flush=True)
for _ in sys.stdin:
    times = {}
    for name, run in METHODS.items():
        start = time.perf_counter()
        run()
        times[name] = time.perf_counter() - start
    print(json.dumps(times), flush=True)
