"""Seconds that PyTorch's forward passes alone take: EfficientNet-Lite0, four scales with mirror images, longest side 320,
decoding and resizing not counted, the better of two memory layouts. Every k-th photo is run and the time scaled up.
Arguments: threads folder-of-photos photos-to-run"""
import json
import os
import sys
import time

import numpy as np
import torch
from PIL import Image
from trunks import EfficientNetLite

threads, folder, wanted = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
files = sorted(f for f in os.listdir(folder) if f.endswith('.jpg'))
chosen = files[::max(1, len(files) // wanted)][:wanted]
seconds = None
for fmt in (torch.contiguous_format, torch.channels_last):
    model = EfficientNetLite().eval().to(memory_format=fmt)
    spent = 0.0
    with torch.inference_mode():
        for i, f in enumerate([chosen[0]] + chosen):
            im = Image.open(os.path.join(folder, f)).convert('RGB')
            s = 320 / max(im.size)
            w, h = round(im.size[0] * s), round(im.size[1] * s)
            for k in (1, .5, 1.5, 2):
                a = np.asarray(im.resize((round(w * k), round(h * k)), Image.BICUBIC), np.float32)
                x = torch.from_numpy((a - 127) / 128).permute(2, 0, 1)[None]
                x = torch.cat([x, x.flip(3)]).to(memory_format=fmt)
                start = time.perf_counter()
                model(x)
                if i > 0:
                    spent += time.perf_counter() - start
    seconds = spent if seconds is None else min(seconds, spent)
print(json.dumps({'seconds': seconds * len(files) / len(chosen), 'photos': len(files), 'run': len(chosen)}))
