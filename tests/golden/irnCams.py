"""Writes irnCams.json: a CAM dictionary as IRN saves it (step/make_cam.py), with PyTorch tensors. Needs numpy, torch."""
import base64
import io
import json
import pathlib

import numpy as np
import torch

HEIGHT, WIDTH = 4, 6
high_res = (np.arange(2 * HEIGHT * WIDTH, dtype=np.float32) / 64).reshape(2, HEIGHT, WIDTH)
strided = torch.tensor([[[0.25, 0.5]], [[0.75, 1.0]]])
file = io.BytesIO()
np.save(file, {'keys': torch.nonzero(torch.tensor([1, 1]))[:, 0], 'cam': strided, 'high_res': high_res})
path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps({'width': WIDTH, 'height': HEIGHT, 'file': base64.b64encode(file.getvalue()).decode()}) + '\n')
