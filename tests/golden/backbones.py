"""Golden features of the backbones with synthetic weights: run with PyTorch, prints backbones.json.

    python tests/golden/backbones.py > tests/golden/backbones.json
"""
import json
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'bench', 'peers'))
from trunks import EfficientNetLite, ResNet


def v(n, s):
    i = np.arange(n, dtype=np.int64)
    return ((i * 7919 + 13 + 101 * s) % 1009) / 1009 - .5


def fill(model):
    """Every tensor from v(i, k), k its place in the sorted list of names: weights scaled to keep the variance."""
    sd = {k: t for k, t in model.state_dict().items() if 'num_batches' not in k}
    out = {}
    for k, name in enumerate(sorted(sd)):
        t = sd[name]
        x = v(t.numel(), k)
        if t.ndim == 4:
            x = x * np.sqrt(24 / (t.shape[1] * t.shape[2] * t.shape[3]))
        elif name.endswith('running_var') or name.endswith('weight'):
            x = 1 + .2 * x
        else:
            x = .2 * x
        out[name] = torch.tensor(x.reshape(t.shape), dtype=torch.float32)
    model.load_state_dict(out, strict=False)
    return model.eval()


def golden(model, name, scale, shift, h, w):
    rgb = np.round((v(h * w * 3, 7) + .5) * 255).reshape(1, h, w, 3)
    x = torch.tensor((rgb - np.array(shift)) / np.array(scale), dtype=torch.float32).permute(0, 3, 1, 2)
    with torch.no_grad():
        y = fill(model)(x).permute(0, 2, 3, 1).contiguous()
    flat = y.flatten().double()
    step = max(1, flat.numel() // 97)
    return {'name': name, 'height': h, 'width': w, 'shape': list(y.shape), 'sum': flat.sum().item(),
            'max': flat.abs().max().item(), 'step': step, 'values': [round(t, 6) for t in flat[::step].tolist()]}


if __name__ == '__main__':
    with torch.no_grad():
        im = lambda m: [t * 255 for t in m]
        print(json.dumps([
            golden(EfficientNetLite(), 'efficientnet-lite0', [128] * 3, [127] * 3, 37, 50),
            golden(EfficientNetLite(1.1, 1.2), 'efficientnet-lite2', [128] * 3, [127] * 3, 48, 33),
            golden(ResNet(), 'resnet50', im((.229, .224, .225)), im((.485, .456, .406)), 45, 62),
        ]))
