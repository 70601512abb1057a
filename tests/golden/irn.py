"""Golden numbers for the two branches of IRNet: the layers of jiwoon-ahn/irn net/resnet50_irn.py on deterministic fills.

Run: python tests/golden/irn.py > tests/golden/irn.json
Tap number t has channels CHANNELS[t] on the plane PLANES[t]. Parameter number k, in the order of `named_parameters`, is
filled by base + 0.2 sin(0.3 (i + 1) + k), base 1 for a norm's weight and 0 else.
"""
import json
import math

import torch
from torch import nn

torch.set_num_threads(1)
CHANNELS = [6, 8, 10, 12, 14]
PLANES = [(5, 7), (5, 7), (3, 4), (2, 2), (2, 2)]


def fill(shape, k, base=0.0):
    i = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    return (base + 0.2 * torch.sin(0.3 * i + k)).float().reshape(shape)


def unit(inputs, outputs, groups, scale=1):
    up = [] if scale == 1 else [nn.Upsample(scale_factor=scale, mode="bilinear", align_corners=False)]
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.GroupNorm(groups, outputs), *up, nn.ReLU())


class Edge(nn.Module):
    def __init__(self):
        super().__init__()
        for place, (inputs, scale) in enumerate(zip(CHANNELS, [1, 1, 2, 4, 4])):
            setattr(self, f"fc_edge{place + 1}", unit(inputs, 32, 4, scale))
        self.fc_edge6 = nn.Conv2d(160, 1, 1, bias=True)

    def forward(self, x):
        height, width = x[1].shape[2:]
        sides = [getattr(self, f"fc_edge{i + 1}")(x[i])[..., :height, :width] for i in range(5)]
        return self.fc_edge6(torch.cat(sides, dim=1))


class Displacement(nn.Module):
    def __init__(self):
        super().__init__()
        for place, (inputs, outputs, groups, scale) in enumerate(
                zip(CHANNELS, [64, 128, 256, 256, 256], [8, 16, 16, 16, 16], [1, 1, 1, 2, 2])):
            setattr(self, f"fc_dp{place + 1}", unit(inputs, outputs, groups, scale))
        self.fc_dp6 = unit(768, 256, 16, 2)
        self.fc_dp7 = nn.Sequential(nn.Conv2d(448, 256, 1, bias=False), nn.GroupNorm(16, 256), nn.ReLU(),
                                    nn.Conv2d(256, 2, 1, bias=False))

    def forward(self, x):
        dp1, dp2, dp3 = self.fc_dp1(x[0]), self.fc_dp2(x[1]), self.fc_dp3(x[2])
        dp4, dp5 = (layer(x[i])[..., :dp3.size(2), :dp3.size(3)] for i, layer in ((3, self.fc_dp4), (4, self.fc_dp5)))
        up = self.fc_dp6(torch.cat([dp3, dp4, dp5], dim=1))[..., :dp2.size(2), :dp2.size(3)]
        return self.fc_dp7(torch.cat([dp1, dp2, up], dim=1))


def rounded(values):
    return [float(f"{value:.8g}") for value in values]


def golden(module):
    for k, (name, parameter) in enumerate(module.named_parameters()):
        base = 1.0 if parameter.dim() == 1 and name.endswith("weight") else 0.0
        parameter.data = fill(list(parameter.shape), k, base)
    taps = [5 * fill([2, channels, *plane], t) for t, (channels, plane) in enumerate(zip(CHANNELS, PLANES))]
    y = module(taps)
    (y * fill(list(y.shape), 9)).sum().backward()
    gradients = {}
    for name, parameter in module.named_parameters():
        values = parameter.grad.double().flatten()
        gradients[name] = rounded([values.sum().item(), values.abs().sum().item(), *values[:3].tolist()])
    return {"y": rounded(y.detach().permute(0, 2, 3, 1).double().flatten().tolist()), "gradients": gradients}


def group_norm():
    x = fill([2, 6, 3, 2], 3, 0.5).requires_grad_()
    layer = nn.GroupNorm(3, 6)
    layer.weight.data, layer.bias.data = fill([6], 1, 1), fill([6], 2)
    y = layer(x)
    (y * fill(list(y.shape), 9)).sum().backward()
    nhwc = lambda tensor: rounded(tensor.detach().permute(0, 2, 3, 1).double().flatten().tolist())
    return {"y": nhwc(y), "dx": nhwc(x.grad), "gamma": rounded(layer.weight.grad.double().tolist()),
            "beta": rounded(layer.bias.grad.double().tolist())}


print(json.dumps({"edge": golden(Edge()), "displacement": golden(Displacement()), "groupNorm": group_norm()}))
