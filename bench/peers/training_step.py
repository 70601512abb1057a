"""Median seconds of a ResNet-50 training step in PyTorch (forward, soft-margin loss, backward, SGD), batch norms fixed,
the better of two memory layouts; peak memory of the process. Arguments: threads batch side steps"""
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from trunks import ResNet

threads, batch, side, steps = map(int, sys.argv[1:5])
layouts = sys.argv[5:] or ['contiguous', 'channels_last']
torch.set_num_threads(threads)
best = None
for layout in layouts:
    fmt = torch.channels_last if layout == 'channels_last' else torch.contiguous_format
    net = torch.nn.Sequential(ResNet(), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(2048, 20, bias=False))
    net = net.to(memory_format=fmt).train()
    for m in net.modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            m.eval()
    for p in list(net[0].conv1.parameters()) + list(net[0].bn1.parameters()):
        p.requires_grad_(False)
    opt = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=1e-4, weight_decay=1e-4)
    x = torch.rand(batch, 3, side, side).to(memory_format=fmt)
    y = (torch.rand(batch, 20) > .5).float()
    times = []
    for i in range(steps + 1):
        start = time.perf_counter()
        opt.zero_grad()
        F.multilabel_soft_margin_loss(net(x), y).backward()
        opt.step()
        if i:
            times.append(time.perf_counter() - start)
    m = sorted(times)[len(times) // 2]
    best = m if best is None else min(best, m)
print(json.dumps({'seconds': best, 'peakMegabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
