"""Processor seconds of a dense CRF by pydensecrf2 (Kraehenbuehl's C++): a JSON list, one a round, for the problem in a file."""
import json
import sys
import time

import numpy as np
import pydensecrf.densecrf as dcrf

problem, rounds = sys.argv[1], int(sys.argv[2])
header = json.load(open(problem + ".json"))
width, height, labels = header["width"], header["height"], header["labels"]
image = np.fromfile(problem + ".rgb", dtype=np.uint8).reshape(height, width, 3)
unary = np.fromfile(problem + ".unary", dtype=np.float32).reshape(labels, height * width)

seconds = []
for _ in range(rounds):
    start = time.process_time()
    field = dcrf.DenseCRF2D(width, height, labels)
    field.setUnaryEnergy(np.ascontiguousarray(unary))
    field.addPairwiseGaussian(sxy=header["spatial"]["sigma"], compat=header["spatial"]["weight"])
    bilateral = header["bilateral"]
    field.addPairwiseBilateral(
        sxy=bilateral["sigmaXy"], srgb=bilateral["sigmaRgb"], rgbim=image, compat=bilateral["weight"]
    )
    marginals = np.array(field.inference(header["iterations"]), dtype=np.float32)
    seconds.append(time.process_time() - start)
marginals.argmax(0).astype(np.uint8).tofile(problem + ".labels")
print(json.dumps(seconds))
