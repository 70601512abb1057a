"""Writes coco.json: what pycocotools makes of small masks and polygons. Needs numpy, pycocotools.

Masks are m(y, x) = ((7919 (y w + x) + 13) mod 1009) mod 3 == 0 in their upper rows and 1 in a block, so that none has to
be stored; polygons are as they stand.
"""
import json
import pathlib

import numpy as np
from pycocotools import mask as coco


def mask(height, width):
    values = (np.arange(height * width, dtype=np.int64) * 7919 + 13) % 1009 % 3 == 0
    m = values.reshape(height, width).astype(np.uint8)
    m[height // 2:, width // 4: width // 2] = 1
    return m


def encoded(m):
    rle = coco.encode(np.asfortranarray(m))
    return {
        'size': rle['size'],
        'counts': rle['counts'].decode(),
        'area': int(coco.area(rle)),
        'bbox': [int(v) for v in coco.toBbox(rle)],
    }


POLYGONS = [
    {'size': [6, 8], 'polygon': [1, 1, 6, 1, 6, 4, 1, 4]},
    {'size': [9, 9], 'polygon': [4.5, 0.5, 8.2, 4.4, 4.6, 8.3, 0.7, 4.1]},
    {'size': [12, 16], 'polygon': [0, 0, 15.7, 3.2, 9.4, 11.6, 5.1, 6.3, 2.2, 10.9]},
    {'size': [10, 10], 'polygon': [-3, 2.5, 5.5, -2, 13, 6, 4, 14]},
    {'size': [7, 30], 'polygon': [0.25, 0.25, 29.75, 0.5, 15.1, 6.6]},
]

golden = {
    'masks': [{'size': [h, w], **encoded(mask(h, w))} for h, w in [(3, 4), (17, 13), (64, 48), (100, 7)]],
    'polygons': [
        {**case, 'counts': [rle['counts'].decode() for rle in coco.frPyObjects([case['polygon']], *case['size'])][0]}
        for case in POLYGONS
    ],
}
pathlib.Path(__file__).with_name('coco.json').write_text(json.dumps(golden, indent=1) + '\n')
