"""Writes resize.json: what Pillow and PyTorch make of small synthetic images. Needs pillow, numpy, torch.

Pixels are v(i) = (7919 i + 13) mod 1009 mod 256, so that no image has to be stored; long results are kept as their SHA-256.
"""
import hashlib
import json
import pathlib

import numpy as np
import torch
from PIL import Image


def pixels(count):
    return ((np.arange(count, dtype=np.int64) * 7919 + 13) % 1009 % 256).astype(np.uint8)


def bicubic(width, height, to_width, to_height):
    image = Image.fromarray(pixels(width * height * 3).reshape(height, width, 3), 'RGB')
    # Two calls: Pillow 13 goes down first where 2 (W - w) < H - h; all versions before it go across first.
    out = np.asarray(image.resize((to_width, height), Image.BICUBIC).resize((to_width, to_height), Image.BICUBIC))
    entry = {'from': [width, height], 'to': [to_width, to_height], 'sha256': hashlib.sha256(out.tobytes()).hexdigest()}
    if out.size <= 200:
        entry['data'] = out.flatten().tolist()
    return entry


def nearest_torch(size, to):
    x = torch.arange(size, dtype=torch.float32)[None, None]
    return {'from': size, 'to': to, 'sources': torch.nn.functional.interpolate(x, size=to)[0, 0].int().tolist()}


def nearest_pillow(size, to):
    image = Image.fromarray(np.arange(size, dtype=np.uint8)[None], 'L')
    return {'from': size, 'to': to, 'sources': np.asarray(image.resize((to, 1), Image.NEAREST))[0].tolist()}


def row(to):
    image = Image.fromarray(np.array([[10, 50, 200, 30, 90, 250, 0, 128]], np.uint8), 'L')
    return np.asarray(image.resize((to, 1), Image.BICUBIC))[0].tolist()


golden = {
    'bicubic': [
        bicubic(7, 5, 4, 3), bicubic(4, 3, 9, 7), bicubic(5, 5, 5, 8), bicubic(1, 1, 3, 2), bicubic(33, 21, 1, 1),
        bicubic(125, 94, 80, 60), bicubic(125, 94, 188, 141), bicubic(500, 375, 320, 240), bicubic(500, 375, 640, 480),
        bicubic(500, 375, 160, 120), bicubic(31, 200, 31, 100), bicubic(640, 427, 97, 65), bicubic(53, 37, 531, 7),
    ],
    'nearestFloor': [nearest_torch(a, b) for a, b in [(7, 3), (375, 24), (25, 115), (4, 82), (28, 46), (5, 9)]],
    'nearestCentre': [nearest_pillow(a, b) for a, b in [(7, 3), (5, 9), (25, 115), (200, 24), (4, 82)]],
    'rows': {str(n): row(n) for n in (4, 12, 16)},
}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(golden) + '\n')
