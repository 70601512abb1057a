"""Writes photos.json: small image files and the pixels Pillow reads from them. Needs pillow and numpy."""
import base64
import hashlib
import io
import json
import pathlib

import numpy as np
from PIL import Image, ImageOps

WIDTH, HEIGHT = 37, 26
waves = [np.sin(np.arange(WIDTH)[None] / (4 + c) + np.arange(HEIGHT)[:, None] / (3 + c)) for c in range(3)]
photo = Image.fromarray(np.stack([(wave * 100 + 128) for wave in waves], 2).astype(np.uint8))
cases = {}


def keep(name, image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    pixels = np.asarray(ImageOps.exif_transpose(Image.open(file)).convert('RGB'))
    cases[name] = {
        'file': base64.b64encode(file.getvalue()).decode(),
        'width': pixels.shape[1],
        'height': pixels.shape[0],
        'sha256': hashlib.sha256(pixels.tobytes()).hexdigest(),
        'centre': pixels[HEIGHT // 2 - 4, WIDTH // 2 - 8].tolist(),
    }


keep('jpeg 4:2:0', photo, 'JPEG', quality=85)
keep('jpeg 4:4:4', photo, 'JPEG', quality=95, subsampling=0)
keep('progressive jpeg', photo, 'JPEG', quality=70, progressive=True)
keep('grey jpeg', photo.convert('L'), 'JPEG')
keep('cmyk jpeg', photo.convert('CMYK'), 'JPEG')
keep('lossless webp', photo, 'WEBP', lossless=True)
keep('tiff', photo, 'TIFF')
alpha = photo.copy()
alpha.putalpha(Image.fromarray((np.arange(WIDTH * HEIGHT).reshape(HEIGHT, WIDTH) % 256).astype(np.uint8)))
keep('png with alpha', alpha, 'PNG')
keep('indexed png', photo.convert('P'), 'PNG')
keep('one-bit png', photo.convert('1'), 'PNG')
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x112] = orientation
    keep(f'jpeg of orientation {orientation}', photo, 'JPEG', exif=exif, quality=60)


def scaled(name, longest, factor):
    """A base size, then factors of it, each a bicubic resize of the photo itself."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(base64.b64decode(cases[name]['file'])))).convert('RGB')
    s = longest / max(image.size)
    width, height = (round(round(side * s) * factor) for side in image.size)
    pixels = np.asarray(image.resize((width, image.height), Image.BICUBIC).resize((width, height), Image.BICUBIC))
    sha256 = hashlib.sha256(pixels.tobytes()).hexdigest()
    return {'longestSide': longest, 'scale': factor, 'width': width, 'height': height, 'sha256': sha256}


cases['jpeg of orientation 6']['scaled'] = [
    scaled('jpeg of orientation 6', 20, factor) for factor in (1, 0.5, 1.5, 2)
]
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(cases, indent=1) + '\n')
