"""Golden numbers for src/main/methods/sfc/network: the losses of one SFC step and their gradients, by PyTorch autograd.

The forward pass follows Barrett-python/SFC@4f624a9 (NCHW, its order of operations), the losses its training script.
Run: python tests/golden/sfc.py > tests/golden/sfc.json
Element i of an array (row-major, NHWC for features and maps, [out, in] for weights) is fraction(i, key) below.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
EPS = 1e-5
BATCH, CLASSES, WIDTH = 2, 3, 5
TAPS, SIDES = [4, 5, 6, 8], [2, 3, 4, 4]
LARGE, SMALL = [(16, 12), (8, 6), (4, 3), (4, 3)], [(8, 6), (4, 3), (2, 2), (2, 2)]
LABELS = torch.tensor([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
DC = torch.tensor([0.6, 0.9, 1.5])


def fraction(i, key):
    value = math.sin(12.9898 * (i + 1) + 78.233 * key) * 43758.5453
    return value - math.floor(value)


def fill(shape, key, low, high):
    count = math.prod(shape)
    return torch.tensor([low + (high - low) * fraction(i, key) for i in range(count)]).reshape(shape)


def nchw(shape, key, low=0.0, high=1.0):
    b, h, w, c = shape
    return fill([b, h, w, c], key, low, high).permute(0, 3, 1, 2).contiguous()


def weight(out, inputs, key):
    return fill([out, inputs, 1, 1], key, -0.6, 0.6).requires_grad_()


classifier = weight(CLASSES, TAPS[-1], 1)
f9 = weight(WIDTH, 3 + TAPS[-1], 2)
sides = [weight(SIDES[i], TAPS[i], 3 + i) for i in range(4)]


def unit(x):
    return x / (torch.norm(x, dim=1, keepdim=True) + EPS)


def pcm(cam, g, hops):
    b, k, h, w = cam.shape
    f = unit(F.conv2d(g, f9).reshape(b, WIDTH, -1))
    s = F.relu(torch.matmul(f.transpose(1, 2), f))
    s = s / (s.sum(1, keepdim=True) + EPS)
    cam = cam.reshape(b, k, -1)
    for _ in range(hops):
        cam = torch.matmul(cam, s)
    return cam.reshape(b, k, h, w)


def proto(maps, features, mask):
    b, k, h, w = maps.shape
    t = maps.detach().clone()
    t[:, 0] *= 0.3
    seeds = F.one_hot(t.argmax(1), k).permute(0, 3, 1, 2) * mask
    prototypes = (seeds.unsqueeze(2) * features.unsqueeze(1)).mean((3, 4))
    return torch.stack(
        [F.relu(F.cosine_similarity(features, prototypes[:, i, :, None, None], dim=1, eps=1e-8)) for i in range(k)], 1
    )


def net(colours, taps, hops):
    cam = F.conv2d(taps[-1], classifier)
    score = cam.mean((2, 3))
    r = F.relu(cam)
    r = r / (F.adaptive_max_pool2d(r, 1) + EPS)
    a = torch.cat([1 - r.max(1, keepdim=True)[0], r], 1)
    mask = torch.cat([torch.ones(BATCH, 1), LABELS], 1)[:, :, None, None].expand_as(a)
    maps = pcm(a * mask, torch.cat([colours, taps[-1]], 1), hops)
    size = taps[-1].shape[2:]
    h = torch.cat(
        [
            F.interpolate(unit(F.conv2d(x.detach(), side)), size, mode="bilinear", align_corners=False)
            for x, side in zip(taps, sides)
        ],
        1,
    )
    return score, maps, proto(maps, h, mask)


def step(hops, detach):
    leaves = [classifier, f9, *sides]
    large = [nchw([BATCH, *LARGE[i], TAPS[i]], 10 + i) for i in range(4)]
    small = [nchw([BATCH, *SMALL[i], TAPS[i]], 20 + i) for i in range(4)]
    large[-1].requires_grad_()
    small[-1].requires_grad_()
    for leaf in leaves:
        leaf.grad = None
    s1, m1, q1 = net(nchw([BATCH, *LARGE[-1], 3], 30, -2, 2), large, hops)
    s2, m2, _ = net(nchw([BATCH, *SMALL[-1], 3], 31, -2, 2), small, hops)
    labels = torch.cat([torch.ones(BATCH, 1), LABELS], 1)[:, :, None, None]
    u = torch.cat([torch.ones(1), DC])[None, :, None, None]
    classification = (F.multilabel_soft_margin_loss(s1, LABELS) + F.multilabel_soft_margin_loss(s2, LABELS)) / 2
    qn = q1 / (F.adaptive_max_pool2d(q1, 1) + EPS)
    prototype = 1.6 * (u * ((m1.detach() if detach else m1) - qn).abs()).mean()
    down = F.interpolate(m1, m2.shape[2:], mode="bilinear", align_corners=True) * labels
    scale = 0.8 * (u * (down - m2 * labels).abs())[:, 1:].mean()
    (classification + prototype + scale).backward()
    flat = lambda x: [float(f"{value:.9g}") for value in x.flatten().tolist()]
    named = dict(zip(["classifier", "f9", "side1", "side2", "side3", "side4"], leaves))
    return {
        "hops": hops,
        "detach": detach,
        "losses": flat(torch.stack([classification, prototype, scale])),
        "gradients": {name: flat(x.grad if x.grad is not None else torch.zeros_like(x)) for name, x in named.items()},
        "deepest": [flat(x.grad.permute(0, 2, 3, 1)) for x in (large[-1], small[-1])],
    }


print(json.dumps([step(2, False), step(1, True), step(0, False)]))
