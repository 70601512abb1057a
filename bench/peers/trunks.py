"""The peer: the same backbones in PyTorch, written from the papers and the checkpoints' names, sharing no code with
the program. EfficientNet-Lite at stride 16 (TF SAME padding) and torchvision-named ResNets at stride 16."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class SameConv(nn.Conv2d):
    """TensorFlow's SAME padding: the extra pixel right and bottom."""

    def forward(self, x):
        pads = []
        for size, k, s, d in ((x.shape[3], self.kernel_size[1], self.stride[1], self.dilation[1]),
                              (x.shape[2], self.kernel_size[0], self.stride[0], self.dilation[0])):
            total = max((math.ceil(size / s) - 1) * s + (k - 1) * d + 1 - size, 0)
            pads += [total // 2, total - total // 2]
        return F.conv2d(F.pad(x, pads), self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


class MBConv(nn.Module):
    def __init__(self, cin, cout, k, stride, expand, dilation):
        super().__init__()
        wide = cin * expand
        if expand != 1:
            self._expand_conv = SameConv(cin, wide, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(wide, eps=1e-3)
        self._depthwise_conv = SameConv(wide, wide, k, stride, dilation=dilation, groups=wide, bias=False)
        self._bn1 = nn.BatchNorm2d(wide, eps=1e-3)
        self._project_conv = SameConv(wide, cout, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(cout, eps=1e-3)
        self.expand, self.skip = expand, stride == 1 and cin == cout

    def forward(self, x):
        y = x
        if self.expand != 1:
            y = F.relu6(self._bn0(self._expand_conv(y)))
        y = F.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.skip else y


class EfficientNetLite(nn.Module):
    def __init__(self, width=1.0, depth=1.0):
        super().__init__()
        rnd = lambda c: (lambda s, r: r + 8 if r < .9 * s else r)(c * width, max(8, int(c * width + 4) // 8 * 8))
        stages = [(1, 3, 1, 1, 16, 1), (2, 3, 2, 6, 24, 1), (2, 5, 2, 6, 40, 1), (3, 3, 2, 6, 80, 1),
                  (3, 5, 1, 6, 112, 1), (4, 5, 1, 6, 192, 2), (1, 3, 1, 6, 320, 2)]
        self._conv_stem = SameConv(3, 32, 3, 2, bias=False)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3)
        blocks, cin = [], 32
        for i, (n, k, s, e, c, d) in enumerate(stages):
            n = n if i in (0, 6) else math.ceil(n * depth)
            for j in range(n):
                blocks.append(MBConv(cin, rnd(c), k, s if j == 0 else 1, e, 1 if i == 5 and j == 0 else d))
                cin = rnd(c)
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = SameConv(cin, 1280, 1, bias=False)
        self._bn1 = nn.BatchNorm2d(1280, eps=1e-3)

    def trunk(self, x):
        x = F.relu6(self._bn0(self._conv_stem(x)))
        for b in self._blocks:
            x = b(x)
        return x

    def forward(self, x):
        return F.relu6(self._bn1(self._conv_head(self.trunk(x))))


class Bottleneck(nn.Module):
    def __init__(self, cin, w, stride, project):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(cin, w, 1, bias=False), nn.BatchNorm2d(w)
        self.conv2, self.bn2 = nn.Conv2d(w, w, 3, stride, 1, bias=False), nn.BatchNorm2d(w)
        self.conv3, self.bn3 = nn.Conv2d(w, 4 * w, 1, bias=False), nn.BatchNorm2d(4 * w)
        self.downsample = nn.Sequential(nn.Conv2d(cin, 4 * w, 1, stride, bias=False), nn.BatchNorm2d(4 * w)) if project else None

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + (self.downsample(x) if self.downsample else x))


class ResNet(nn.Module):
    def __init__(self, depths=(3, 4, 6, 3), strides=(1, 2, 2, 1)):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        cin = 64
        for i, (n, s) in enumerate(zip(depths, strides)):
            w = 64 * 2 ** i
            layer = []
            for j in range(n):
                layer.append(Bottleneck(cin, w, s if j == 0 else 1, j == 0))
                cin = 4 * w
            setattr(self, f'layer{i + 1}', nn.Sequential(*layer))

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))
