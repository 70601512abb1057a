"""Golden losses and gradients of segmentation networks on a tiny backbone: prints deeplab.json.

    python tests/golden/deeplab.py > tests/golden/deeplab.json

The pyramid and the DeepLabV3 head are torchvision's own modules; the decoder is written after
VainF/DeepLabV3Plus-Pytorch network/_deeplab.py, DeepLabV2 after kazuto1011/deeplab-pytorch.

    python tests/golden/deeplab.py CHECKPOINT.safetensors LOGITS.npy

checks a finished network of the preset torchvision-deeplabv3: loads it into torchvision's model with strict=True and
compares its logits on a fixed image with ours.
"""
import json
import os
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision.models.segmentation import deeplabv3_resnet50
from torchvision.models.segmentation.deeplabv3 import ASPP, DeepLabHead

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'bench', 'peers'))
from backbones import v
from taps import sampled

torch.set_num_threads(1)
LABELS, VOID = 3, 255
N, HEIGHT, WIDTH = 2, 22, 25


class Part(nn.Module):
    """Convolution, fixed batch norm, activation; `<name>.weight` and `<name>.bn.*` as the tiny architecture names them."""

    def __init__(self, cin, cout, k=3, stride=1, dilation=1, depthwise=False, activation=None):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(cout, 1 if depthwise else cin, k, k))
        self.bn = nn.BatchNorm2d(cout, eps=1e-3).eval()
        self.how = (stride, dilation * (k // 2), dilation, cin if depthwise else 1)
        self.activation = activation or (lambda x: x)

    def forward(self, x):
        stride, padding, dilation, groups = self.how
        return self.activation(self.bn(F.conv2d(x, self.weight, None, stride, padding, dilation, groups)))


class TinyTrunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Part(3, 4, stride=2, activation=F.relu)
        self.b0 = nn.ModuleDict({'c': Part(4, 4, stride=2, activation=F.relu)})
        self.b1 = nn.ModuleDict({'c': Part(4, 4, depthwise=True, activation=F.relu6), 'd': Part(4, 4, 1)})
        self.b2 = nn.ModuleDict({'c': Part(4, 6, dilation=2, activation=F.relu)})

    def forward(self, x):
        low = self.b0['c'](self.stem(x))
        return low, self.b2['c'](low + self.b1['d'](self.b1['c'](low)))


class Separable(nn.Module):
    def __init__(self, cin, cout, dilation=1):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(cin, cin, 3, 1, dilation, dilation, cin, bias=False),
                                  nn.Conv2d(cin, cout, 1, bias=False))

    def forward(self, x):
        return self.body(x)


class Decoder(nn.Module):
    """DeepLabHeadV3Plus with two 3×3 convolutions (VainF has one, the paper two)."""

    def __init__(self, low, deep, separable):
        super().__init__()
        conv = (lambda i, o: Separable(i, o)) if separable else (lambda i, o: nn.Conv2d(i, o, 3, padding=1, bias=False))
        self.project = nn.Sequential(nn.Conv2d(low, 2, 1, bias=False), nn.BatchNorm2d(2), nn.ReLU())
        self.aspp = ASPP(deep, [1, 2], 4)
        if separable:
            for index, rate in ((1, 1), (2, 2)):
                self.aspp.convs[index][0] = Separable(deep, 4, rate)
        self.classifier = nn.Sequential(conv(6, 5), nn.BatchNorm2d(5), nn.ReLU(), conv(5, 5), nn.BatchNorm2d(5), nn.ReLU(),
                                        nn.Conv2d(5, LABELS, 1))

    def forward(self, low, deep):
        low, deep = self.project(low), self.aspp(deep)
        deep = F.interpolate(deep, size=low.shape[2:], mode='bilinear', align_corners=False)
        return self.classifier(torch.cat([low, deep], 1))


class SummedPyramid(nn.Module):
    def __init__(self, deep):
        super().__init__()
        for i, rate in enumerate((1, 2)):
            setattr(self, f'c{i}', nn.Conv2d(deep, LABELS, 3, padding=rate, dilation=rate))

    def forward(self, low, deep):
        return self.c0(deep) + self.c1(deep)


class TorchvisionHead(nn.Module):
    def __init__(self, deep):
        super().__init__()
        head = DeepLabHead(deep, LABELS, [1, 2])
        head[0] = ASPP(deep, [1, 2], 4)
        head[1], head[2], head[4] = nn.Conv2d(4, 5, 3, padding=1, bias=False), nn.BatchNorm2d(5), nn.Conv2d(5, LABELS, 1)
        self.layers = head

    def forward(self, low, deep):
        return self.layers(deep)

    def named(self):
        return self.layers


def fill(modules):
    """Every tensor from v(i, k), k its place in the sorted list of names; as backbones.py."""
    tensors = {prefix + name: t for prefix, m in modules for name, t in m.state_dict().items() if 'num_batches' not in name}
    with torch.no_grad():
        for k, name in enumerate(sorted(tensors)):
            t = tensors[name]
            x = v(t.numel(), k)
            if t.dim() == 4:
                x = x * np.sqrt(24 / (t.shape[1] * t.shape[2] * t.shape[3]))
            elif name.endswith('running_var') or name.endswith('weight'):
                x = 1 + .2 * x
            else:
                x = .2 * x
            t.copy_(torch.tensor(x.reshape(t.shape), dtype=torch.float32))


def images():
    x = 2 * torch.tensor(v(N * HEIGHT * WIDTH * 3, 7), dtype=torch.float32).reshape(N, HEIGHT, WIDTH, 3)
    return x.permute(0, 3, 1, 2)


def labels():
    drawn = np.floor((v(N * HEIGHT * WIDTH, 3) + .5) * (LABELS + 1)).astype(np.int64)
    return torch.tensor(np.where(drawn == LABELS, VOID, drawn)).reshape(N, HEIGHT, WIDTH)


def nearest(target, size):
    """Pillow's NEAREST: the input pixel at the centre of each output pixel."""
    rows = ((torch.arange(size[0]) + .5) * target.shape[1] / size[0]).floor().long()
    columns = ((torch.arange(size[1]) + .5) * target.shape[2] / size[1]).floor().long()
    return target[:, rows][:, :, columns]


def full_size(logits_of):
    logits = F.interpolate(logits_of(images()), size=(HEIGHT, WIDTH), mode='bilinear', align_corners=False)
    return F.cross_entropy(logits, labels(), ignore_index=VOID)


def multi_scale(logits_of):
    logits = [logits_of(images())]
    for scale in (.75, .5):
        size = (int(HEIGHT * scale), int(WIDTH * scale))
        logits.append(logits_of(F.interpolate(images(), size=size, mode='bilinear', align_corners=False)))
    size = logits[0].shape[2:]
    enlarged = [logits[0]] + [F.interpolate(x, size=size, mode='bilinear', align_corners=False) for x in logits[1:]]
    logits.append(torch.stack(enlarged).max(0)[0])
    return sum(F.cross_entropy(x, nearest(labels(), x.shape[2:]), ignore_index=VOID) for x in logits)


def golden(name, head, prefix, loss_of):
    trunk = TinyTrunk()
    named = head.named() if hasattr(head, 'named') else head
    for module in head.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.
    fill([('', trunk), (prefix, named)])
    head.train()
    loss = loss_of(lambda x: head(*trunk(x)))
    loss.backward()
    gradients = [(name, p.grad) for name, p in trunk.named_parameters()]
    gradients += [(prefix + name, p.grad) for name, p in named.named_parameters()]
    return {'name': name, 'loss': loss.item(),
            'gradients': [{'name': n, **sampled(g.flatten(), 11)} for n, g in gradients]}


def check(path, logits_path):
    from safetensors.torch import load_file
    weights = load_file(path)
    model = deeplabv3_resnet50(weights=None, weights_backbone=None, aux_loss=None,
                               num_classes=weights['classifier.4.bias'].numel())
    model.load_state_dict(weights, strict=True)
    height, width = 96, 128
    rgb = np.round((v(height * width * 3, 7) + .5) * 255).reshape(1, height, width, 3)
    mean, deviation = np.array([.485, .456, .406]) * 255, np.array([.229, .224, .225]) * 255
    x = torch.tensor((rgb - mean) / deviation, dtype=torch.float32).permute(0, 3, 1, 2)
    with torch.no_grad():
        theirs = model.eval()(x)['out'][0].permute(1, 2, 0).numpy()
    ours = np.load(logits_path).reshape(theirs.shape)
    print(f'largest logit {np.abs(theirs).max():.4f}, largest difference {np.abs(ours - theirs).max():.2e}')


if __name__ == '__main__' and len(sys.argv) == 3:
    check(*sys.argv[1:])
elif __name__ == '__main__':
    print(json.dumps([
        golden('deeplabv3plus', Decoder(4, 6, False), 'classifier.', full_size),
        golden('deeplabv3plus, separable', Decoder(4, 6, True), 'classifier.', full_size),
        golden('deeplabv3', TorchvisionHead(6), 'classifier.', full_size),
        golden('deeplabv2', SummedPyramid(6), 'aspp.', full_size),
        golden('deeplabv2 at three scales', SummedPyramid(6), 'aspp.', multi_scale),
        {'name': 'torchvision', 'shapes': {n: list(t.shape) for n, t in deeplabv3_resnet50(
            weights=None, weights_backbone=None, aux_loss=None, num_classes=3).state_dict().items()
            if 'num_batches' not in n}},
    ]))
