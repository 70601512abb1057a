"""Reads what every door out wrote, with NumPy, Pillow, PyTorch and Python's own zip, csv and json, and writes doors.json:
the hashes of files whose content was what it should be. Run it on what doors.test.ts exported:

    MASKWRIGHT_DOORS=/tmp/doors npx vitest run tests/golden/doors.test.ts; python tests/golden/doors.py /tmp/doors
"""
import base64
import csv
import hashlib
import io
import json
import pathlib
import re
import sys
import zipfile

import numpy as np
import torch
from PIL import Image

doors = pathlib.Path(sys.argv[1])
STEMS = ['2007_000032', 'é 2']
RING = [[1, 1, 1, 0, 0, 2], [1, 0, 1, 0, 0, 2], [1, 1, 1, 0, 255, 0], [0, 0, 0, 2, 0, 0]]
FULL = np.full((4, 6), 2)
FULL[3, 5] = 255
MASKS = [np.array(RING), FULL]
WITHOUT_VOID = [np.where(mask == 255, 0, mask) for mask in MASKS]
PALETTE = {0: (0, 0, 0), 1: (128, 0, 0), 2: (0, 128, 0), 255: (224, 224, 192)}


def same(got, wanted, what):
    assert np.array_equal(np.asarray(got), np.asarray(wanted)), f'{what}:\n{got}\nis not\n{wanted}'


def coco_runs(text):
    """maskApi.c, rleFrString: five bits a character, the lowest first; from the fourth on, differences."""
    counts, at = [], 0
    while at < len(text):
        value, shift, more = 0, 0, True
        while more:
            bits = ord(text[at]) - 48
            value |= (bits & 0x1F) << shift
            more, shift, at = bits & 0x20, shift + 5, at + 1
            if not more and bits & 0x10:
                value -= 1 << shift
        counts.append(value + counts[-2] if len(counts) > 2 else value)
    return counts


def inside(corners):
    """Which middles of pixels a closed line goes round, by the even-odd rule."""
    mask = np.zeros((4, 6), bool)
    for y in range(4):
        for x in range(6):
            for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1]):
                if (y0 > y + 0.5) != (y1 > y + 0.5) and x + 0.5 < x0 + (y + 0.5 - y0) * (x1 - x0) / (y1 - y0):
                    mask[y, x] ^= True
    return mask


for place, stem in enumerate(STEMS):
    picture = Image.open(doors / 'voc/SegmentationClass' / f'{stem}.png')
    assert picture.mode == 'P' and all(tuple(picture.getpalette()[3 * i:3 * i + 3]) == c for i, c in PALETTE.items())
    same(picture, MASKS[place], 'voc')
    picture = Image.open(doors / 'png/masks' / f'{stem}.png')
    assert picture.mode == 'L'
    same(picture, MASKS[place], 'png')

for name in ['voc', 'png']:
    assert (doors / name / 'labels.txt').read_text() == 'background\ncat\nno\n'
assert [(doors / f'voc/ImageSets/Segmentation/{s}.txt').read_text().strip() for s in ['train', 'val']] == STEMS

archive = zipfile.ZipFile(doors / 'cvat-masks/masks.zip')
assert archive.testzip() is None
assert archive.read('labelmap.txt').decode().splitlines()[1:] == ['background:0,0,0::', 'cat:128,0,0::', 'no:0,128,0::']
assert archive.read('ImageSets/Segmentation/default.txt').decode().split('\n')[:2] == STEMS
for place, stem in enumerate(STEMS):
    colours = np.asarray(Image.open(io.BytesIO(archive.read(f'SegmentationClass/{stem}.png'))).convert('RGB'))
    same(colours, [[PALETTE[label] for label in row] for row in WITHOUT_VOID[place]], 'cvat-masks')

coco = json.loads((doors / 'coco/instances.json').read_text())
assert {c['id']: c['name'] for c in coco['categories']} == {1: 'cat', 2: 'no'}
drawn = {image['file_name']: np.zeros((4, 6), int) for image in coco['images']}
names = {image['id']: image['file_name'] for image in coco['images']}
for annotation in coco['annotations']:
    counts = coco_runs(annotation['segmentation']['counts'])
    pixels = np.repeat(np.arange(len(counts)) % 2, counts).reshape((6, 4)).T
    drawn[names[annotation['image_id']]] += pixels * annotation['category_id']
    ys, xs = np.nonzero(pixels)
    assert annotation['area'] == pixels.sum() and annotation['segmentation']['size'] == [4, 6]
    assert annotation['bbox'] == [xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1]
for place, stem in enumerate(STEMS):
    same(drawn[f'{stem}.jpg'], WITHOUT_VOID[place], 'coco')

panoptic = json.loads((doors / 'coco-panoptic/panoptic.json').read_text())
for place, annotation in enumerate(panoptic['annotations']):
    colours = np.asarray(Image.open(doors / 'coco-panoptic/panoptic' / annotation['file_name']).convert('RGB'), int)
    ids = colours @ [1, 256, 65536]
    labels = {segment['id']: segment['category_id'] for segment in annotation['segments_info']}
    same(np.vectorize(lambda i: labels.get(i, 0))(ids), WITHOUT_VOID[place], 'coco-panoptic')
    assert all((ids == segment['id']).sum() == segment['area'] for segment in annotation['segments_info'])

data = (doors / 'yolo/data.yaml').read_text()
assert '0: "cat"\n  1: "no"' in data, data
for place, (split, stem) in enumerate(zip(['train', 'val'], STEMS)):
    labels = np.zeros((4, 6), int)
    for row in (doors / 'yolo/labels' / split / f'{stem}.txt').read_text().splitlines():
        label, *shares = row.split()
        corners = [(float(x) * 6, float(y) * 4) for x, y in zip(shares[::2], shares[1::2])]
        labels[inside(corners)] = int(label) + 1
    same(labels, WITHOUT_VOID[place], 'yolo')

assert (doors / 'labelme/labels.txt').read_text() == '__ignore__\n_background_\ncat\nno\n'
for place, stem in enumerate(STEMS):
    file = json.loads((doors / 'labelme' / f'{stem}.json').read_text())
    assert file['imageData'] is None and (file['imageHeight'], file['imageWidth']) == (4, 6)
    labels = np.zeros((4, 6), int)
    for shape in file['shapes']:
        value = {'__ignore__': 255, 'cat': 1, 'no': 2}[shape['label']]
        if shape['shape_type'] == 'polygon':
            labels[inside([tuple(point) for point in shape['points']])] = value
        else:
            (x0, y0), (x1, y1) = shape['points']
            cut = np.asarray(Image.open(io.BytesIO(base64.b64decode(shape['mask']))))
            labels[y0:y1 + 1, x0:x1 + 1][cut > 0] = value
    same(labels, MASKS[place], 'labelme')

rows = list(csv.reader(io.StringIO((doors / 'csv/labels.csv').read_bytes().decode('utf-8-sig'))))
assert rows == [['image', 'cat', 'no'], ['2007_000032.jpg', '1', '1'], ['é 2.jpg', 'NA', '1']], rows

vectors = np.load(doors / 'cls-labels/cls_labels.npy', allow_pickle=True).item()
assert list(vectors) == STEMS and all(v.dtype == np.float32 for v in vectors.values())
same(list(vectors.values()), [[1, 1], [0, 1]], 'cls-labels')

for stem, scores in zip(STEMS, [[[[0, 1]], [[0.5, 0.25]]], [[[0.125, 0]], [[1, 1]]]]):
    cams = np.load(doors / 'cams' / f'{stem}.npy', allow_pickle=True).item()
    same(cams['keys'], [0, 1], 'keys')
    same(cams['cam'], np.array(scores, np.float32), 'cam')
    large = torch.nn.functional.interpolate(torch.tensor(scores)[None], (4, 6), mode='bilinear', align_corners=False)
    assert np.allclose(cams['high_res'], large[0].numpy(), rtol=0, atol=1e-6)


def hash_of(path):
    return hashlib.sha256(re.sub(rb'Maskwright \d+\.\d+\.\d+', b'Maskwright', path.read_bytes(), count=1)).hexdigest()


golden = {
    door.name: {
        str(path.relative_to(door)): hash_of(path)
        for path in sorted(door.rglob('*')) if path.is_file() and path.name != 'manifest.json'
    }
    for door in sorted(doors.iterdir())
}
text = json.dumps(golden, indent=2, ensure_ascii=False) + '\n'
pathlib.Path(__file__).with_name('doors.json').write_text(text)
