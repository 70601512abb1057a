"""Median seconds and processor seconds of an SFC training step in PyTorch on ResNet-50 (both sizes forward, its three losses, backward, clipped
SGD), batch norms fixed, the better of two memory layouts; peak memory of the process.
Arguments: threads batch side steps width_of_f9 [layout …]"""
import json
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from trunks import ResNet

threads, batch, side, steps, width = map(int, sys.argv[1:6])
layouts = sys.argv[6:] or ['contiguous', 'channels_last']
torch.set_num_threads(threads)
CLASSES, SIDES, EPS = 20, [128, 128, 256, 256], 1e-5


class Sfc(ResNet):
    def __init__(self):
        super().__init__()
        self.classifier = nn.Conv2d(2048, CLASSES, 1, bias=False)
        self.f9 = nn.Conv2d(2051, width, 1, bias=False)
        self.sides = nn.ModuleList(nn.Conv2d(64 * 2 ** i * 4, s, 1, bias=False) for i, s in enumerate(SIDES))

    def forward(self, x, mask):
        with torch.no_grad():
            y = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
            x1 = self.layer1(y)
            x2 = self.layer2(x1)
        x3 = self.layer3(x2)
        x4 = self.layer4(x3)
        cam = self.classifier(x4)
        r = F.relu(cam)
        r = r / (F.adaptive_max_pool2d(r, 1) + EPS)
        a = torch.cat([1 - r.max(1, keepdim=True)[0], r], 1) * mask
        b, k, h, w = a.shape
        f = self.f9(torch.cat([F.interpolate(x, (h, w), mode='bilinear', align_corners=True), x4], 1)).reshape(b, width, -1)
        f = f / (f.norm(dim=1, keepdim=True) + EPS)
        s = F.relu(f.transpose(1, 2) @ f)
        s = s / (s.sum(1, keepdim=True) + EPS)
        m = (a.reshape(b, k, -1) @ s @ s).reshape(b, k, h, w)
        sides = [conv(tap.detach()) for conv, tap in zip(self.sides, (x1, x2, x3, x4))]
        feats = torch.cat([F.interpolate(y / (y.norm(dim=1, keepdim=True) + EPS), (h, w), mode='bilinear') for y in sides], 1)
        t = m.detach().clone()
        t[:, 0] *= .3
        seeds = F.one_hot(t.argmax(1), k).permute(0, 3, 1, 2) * mask
        rows = feats.reshape(b, feats.shape[1], -1).transpose(1, 2)
        prototypes = seeds.reshape(b, k, -1).to(rows.dtype) @ rows / (h * w)
        q = F.relu(F.normalize(rows, dim=2, eps=1e-8) @ F.normalize(prototypes, dim=2, eps=1e-8).transpose(1, 2))
        return cam.mean((2, 3)), m, q.transpose(1, 2).reshape(b, k, h, w)


best, least = None, None
for layout in layouts:
    fmt = torch.channels_last if layout == 'channels_last' else torch.contiguous_format
    net = Sfc().to(memory_format=fmt).train()
    for m in net.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()
    trained = [p for name, p in net.named_parameters() if not name.startswith(('conv1', 'bn1', 'layer1', 'layer2'))]
    opt = torch.optim.SGD(trained, lr=1e-4, weight_decay=1e-4)
    x = torch.rand(batch, 3, side, side).to(memory_format=fmt)
    half = F.interpolate(x, scale_factor=.5, mode='bilinear', align_corners=True)
    y = (torch.rand(batch, CLASSES) > .9).float()
    labels = torch.cat([torch.ones(batch, 1), y], 1)[:, :, None, None]
    times, processor = [], []
    for i in range(steps + 1):
        start, before = time.perf_counter(), time.process_time()
        opt.zero_grad()
        s1, m1, q1 = net(x, labels)
        s2, m2, _ = net(half, labels)
        qn = q1 / (F.adaptive_max_pool2d(q1, 1) + EPS)
        down = F.interpolate(m1, m2.shape[2:], mode='bilinear', align_corners=True) * labels
        loss = (F.multilabel_soft_margin_loss(s1, y) + F.multilabel_soft_margin_loss(s2, y)) / 2
        loss = loss + 1.6 * (m1 - qn).abs().mean() + .8 * (down - m2 * labels).abs()[:, 1:].mean()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.)
        opt.step()
        if i:
            times.append(time.perf_counter() - start)
            processor.append(time.process_time() - before)
    median = sorted(times)[len(times) // 2]
    best = median if best is None else min(best, median)
    own = sorted(processor)[len(processor) // 2]
    least = own if least is None else min(least, own)
print(json.dumps({'seconds': best, 'processorSeconds': least, 'peakMegabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
