"""Median milliseconds of EfficientNet-Lite0's trunk in PyTorch, the better of two memory layouts.
Arguments: threads runs [n,h,w ...]"""
import json
import sys
import time

import torch
from trunks import EfficientNetLite

threads, runs = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
out = []
for shape in sys.argv[3:]:
    n, h, w = map(int, shape.split(','))
    best = None
    for fmt in (torch.contiguous_format, torch.channels_last):
        model = EfficientNetLite().eval().to(memory_format=fmt)
        x = torch.rand(n, 3, h, w).to(memory_format=fmt)
        with torch.inference_mode():
            model(x)
            times = []
            for _ in range(runs):
                start = time.perf_counter()
                model(x)
                times.append((time.perf_counter() - start) * 1000)
        m = sorted(times)[len(times) // 2]
        best = m if best is None else min(best, m)
    out.append(best)
print(json.dumps(out))
