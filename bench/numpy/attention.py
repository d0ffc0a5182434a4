"""One attention field with numpy, as in native/attention.c; arguments n d M. Speaks the protocol of native/serve.h."""

import json
import sys
import time

import numpy as np

n, d, M = (int(argument) for argument in sys.argv[1:4])


def numbers(seed, count):
    return np.sin(seed + 1.7 * np.arange(count))


x = numbers(1, n * d).reshape(n, d)
x /= np.linalg.norm(x, axis=1)[:, None]
A = numbers(2, M * d * d).reshape(M, d, d) / np.sqrt(d)
V = numbers(3, M * d * d).reshape(M, d, d) / np.sqrt(M)


def field():
    out = np.zeros((n, d))
    for m in range(M):
        p = (x @ A[m].T) @ x.T
        np.exp(p, out=p)
        out += ((p @ x) / p.sum(1)[:, None]) @ V[m].T
    return out - (out * x).sum(1)[:, None] * x


for line in sys.stdin:
    words = line.split()
    if words[0] == "check":
        out = field()
        print(json.dumps([*out[0], *out[-1]]), flush=True)
    else:
        begin = time.perf_counter()
        for _ in range(int(words[1])):
            field()
        print(time.perf_counter() - begin, flush=True)
