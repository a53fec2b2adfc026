"""Exact intervals of a share (Clopper and Pearson, "The use of confidence or fiducial limits", Biometrika 1934)."""
import math


def tail(count, of, share):
    """The chance of at most `count` in `of` when each has the chance `share`."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if count >= of else 0.0
    logs = (math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
            + k * math.log(share) + (of - k) * math.log1p(-share) for k in range(count + 1))
    return min(1.0, math.fsum(map(math.exp, logs)))


def bisect(is_below):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def interval(count, of, level=0.95):
    """The interval that holds the true share in at least `level` of all samples."""
    if of == 0:
        return 0.0, 1.0
    part = (1 - level) / 2
    low = 0.0 if count == 0 else bisect(lambda p: 1 - tail(count - 1, of, p) < part)
    high = 1.0 if count == of else bisect(lambda p: tail(count, of, p) > part)
    return low, high
