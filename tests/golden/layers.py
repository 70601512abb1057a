"""Golden numbers for src/main/nn: layers, losses, optimizers and the linear head, computed by PyTorch.

Run: python tests/golden/layers.py > tests/golden/layers.json
Arrays are filled by fill(shape, k, base): element i (row-major, PyTorch's order) is base + 0.2 sin(0.3 (i + 1) + k).
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def fill(shape, k, base=0.0):
    count = math.prod(shape)
    i = torch.arange(1, count + 1, dtype=torch.float64)
    return (base + 0.2 * torch.sin(0.3 * i + k)).float().reshape(shape)


def image(*shape):
    i = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    return torch.sin(0.05 * i).float().reshape(1, *shape)


def flat(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().double().flatten().tolist()]


def nhwc(tensor):
    return flat(tensor.permute(0, 2, 3, 1))


def backward(y, *leaves):
    """Gradients of sum(y * fill(y, 9)); y in NCHW."""
    (y * fill(list(y.shape), 9)).sum().backward()
    return [leaf.grad for leaf in leaves]


def fixed_norm(channels, first):
    gamma, beta = fill([channels], first, 1).requires_grad_(), fill([channels], first + 1).requires_grad_()
    return gamma, beta, fill([channels], first + 2), fill([channels], first + 3, 1)


def norm(x, parts, eps=1e-5):
    gamma, beta, mean, variance = parts
    return F.batch_norm(x, mean, variance, gamma, beta, False, 0.1, eps)


def bottleneck():
    x = image(8, 6, 6).requires_grad_()
    w1 = fill([4, 8, 1, 1], 0).requires_grad_()
    n1 = fixed_norm(4, 1)
    w2 = fill([4, 4, 3, 3], 5).requires_grad_()
    n2 = fixed_norm(4, 6)
    w3 = fill([16, 4, 1, 1], 10).requires_grad_()
    n3 = fixed_norm(16, 11)
    wd = fill([16, 8, 1, 1], 15).requires_grad_()
    nd = fixed_norm(16, 16)
    y = F.relu(norm(F.conv2d(x, w1), n1))
    y = F.relu(norm(F.conv2d(y, w2, stride=2, padding=1), n2))
    y = F.relu(norm(F.conv2d(y, w3), n3) + norm(F.conv2d(x, wd, stride=2), nd))
    leaves = {"conv1.weight": w1, "bn1.weight": n1[0], "bn1.bias": n1[1], "conv2.weight": w2, "bn2.weight": n2[0],
              "bn2.bias": n2[1], "conv3.weight": w3, "bn3.weight": n3[0], "bn3.bias": n3[1],
              "downsample.0.weight": wd, "downsample.1.weight": nd[0], "downsample.1.bias": nd[1]}
    dx, *gradients = backward(y, x, *leaves.values())
    return {"sum": y.sum().item(), "y": nhwc(y), "dx": nhwc(dx),
            "gradients": {name: flat(g) for name, g in zip(leaves, gradients)}}


def same(size, kernel, stride, dilation):
    total = max((math.ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def depthwise(stride, dilation):
    """A 5x5 depthwise convolution padded as TensorFlow pads, batch norm with eps 1e-3 and ReLU6."""
    x = image(3, 8, 7).requires_grad_()
    w = fill([3, 1, 5, 5], 1, 0.1).requires_grad_()
    parts = fixed_norm(3, 2)
    top, bottom = same(8, 5, stride, dilation)
    left, right = same(7, 5, stride, dilation)
    y = F.conv2d(F.pad(x, (left, right, top, bottom)), w, stride=stride, dilation=dilation, groups=3)
    y = F.relu6(norm(y, parts, 1e-3))
    dx, dw, dgamma, dbeta = backward(y, x, w, *parts[:2])
    return {"y": nhwc(y), "dx": nhwc(dx), "weight": flat(dw), "gamma": flat(dgamma), "beta": flat(dbeta)}


def aspp():
    x = image(4, 7, 7).requires_grad_()
    weights = [fill([2, 4, 3, 3], j).requires_grad_() for j in range(2)]
    biases = [fill([2], j + 10).requires_grad_() for j in range(2)]
    y = sum(F.conv2d(x, w, b, padding=j + 1, dilation=j + 1) for j, (w, b) in enumerate(zip(weights, biases)))
    dx, dw1, dw2, db1, db2 = backward(y, x, *weights, *biases)
    return {"sum": y.sum().item(), "dx": nhwc(dx), "weights": [flat(dw1), flat(dw2)], "biases": [flat(db1), flat(db2)]}


def batch_norm():
    x = torch.cat([image(3, 4, 5), 2 * image(3, 4, 5) + 0.3]).requires_grad_()
    gamma, beta, mean, variance = fixed_norm(3, 1)
    y = F.batch_norm(x, mean, variance, gamma, beta, True, 0.1, 1e-5)
    dx, dgamma, dbeta = backward(y, x, gamma, beta)
    return {"y": nhwc(y), "dx": nhwc(dx), "gamma": flat(dgamma), "beta": flat(dbeta),
            "mean": flat(mean), "variance": flat(variance)}


def plane(operation):
    x = image(2, 7, 6).requires_grad_()
    y = operation(x)
    (dx,) = backward(y, x)
    return {"shape": list(y.permute(0, 2, 3, 1).shape), "y": nhwc(y), "dx": nhwc(dx)}


def cross_entropy(labels):
    logits = fill([2, 3, 2, 3], 4, 1).mul(3).requires_grad_()
    loss = F.cross_entropy(logits, torch.tensor(labels).reshape(2, 2, 3), ignore_index=255)
    loss.backward()
    return {"labels": labels, "loss": loss.item(), "gradient": nhwc(logits.grad)}


def soft_margin():
    logits = (20 * fill([3, 4], 2)).requires_grad_()
    targets = (fill([3, 4], 5) > 0).float()
    loss = F.multilabel_soft_margin_loss(logits, targets)
    loss.backward()
    return {"logits": flat(logits), "targets": flat(targets), "loss": loss.item(), "gradient": flat(logits.grad)}


def trajectory(make):
    """Four updates of one weight under f = sum(p^2 * fill)/2, the rate halved each time."""
    p = fill([2, 3], 1).requires_grad_()
    optimizer = make([p])
    values = []
    for step in range(4):
        for group in optimizer.param_groups:
            group["lr"] = group["initial_rate"] * 0.5 ** step
        optimizer.zero_grad()
        (p * p * fill([2, 3], 7, 0.5)).sum().div(2).backward()
        optimizer.step()
        values.append(flat(p))
    return values


def sgd(momentum, decay):
    return lambda p: torch.optim.SGD([{"params": p, "initial_rate": 0.3}], lr=0.3, momentum=momentum, weight_decay=decay)


def linear_head():
    """The minimum in float64: L-BFGS run far beyond the tolerance that the test asks for."""
    features, targets = fill([30, 6], 1, 0.3).double(), (fill([30, 3], 2) > 0.05).double()
    weight = torch.zeros(3, 6, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=4000, tolerance_grad=1e-13, tolerance_change=0,
                                  history_size=20, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(features @ weight.T, targets) + 5e-4 * weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return {"loss": closure().item(), "weight": flat(weight), "targets": flat(targets)}


print(json.dumps({
    "bottleneck": bottleneck(),
    "depthwiseStride2": depthwise(2, 1),
    "depthwiseDilated": depthwise(1, 2),
    "aspp": aspp(),
    "batchNorm": batch_norm(),
    "planes": {
        "maxPoolFloor": plane(lambda x: F.max_pool2d(x, 3, 2, 1)),
        "maxPoolCeil": plane(lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True)),
        "bilinearHalfPixel": plane(lambda x: F.interpolate(x, (5, 11), mode="bilinear", align_corners=False)),
        "bilinearAlignCorners": plane(lambda x: F.interpolate(x, (5, 11), mode="bilinear", align_corners=True)),
        "nearestFloor": plane(lambda x: F.interpolate(x, (5, 11), mode="nearest")),
    },
    "crossEntropy": [
        cross_entropy([0, 255, 1, 2, 2, 0, 255, 255, 1, 1, 0, 2]),
        cross_entropy([0, 1, 2, 0, 1, 2, 0, 1, 2, 2, 2, 2]),
    ],
    "softMargin": soft_margin(),
    "sgd": trajectory(sgd(0, 0.01)),
    "sgdMomentum": trajectory(sgd(0.9, 0.01)),
    "adamW": trajectory(lambda p: torch.optim.AdamW([{"params": p, "initial_rate": 0.3}], lr=0.3, weight_decay=0.01)),
    "linearHead": linear_head(),
}))
