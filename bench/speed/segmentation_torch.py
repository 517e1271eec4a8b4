"""PyTorch's side of segmentation.ts: films per second.

Usage: segmentation_torch.py THREADS FILMS [WINDOWS SIDE]...

WINDOWS and SIDE (pixels) are given for each run of the network on a film.
"""
import sys
import time

import torch
from unet_torch import UNet

threads, films, *runs = (int(word) for word in sys.argv[1:])
torch.set_num_threads(threads)
net = UNet().eval().to(memory_format=torch.channels_last)
inputs = [torch.full((n, 2, px, px), 0.3).to(memory_format=torch.channels_last) for n, px in zip(runs[::2], runs[1::2])]
with torch.inference_mode():
    for one in inputs:
        net(one)
    start = time.perf_counter()
    for _ in range(films):
        for one in inputs:
            net(one)
    print(films / (time.perf_counter() - start))
