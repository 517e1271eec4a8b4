"""PyTorch's side of films_to_latents.ts: paths as JSON on standard input, seconds of each stage as JSON on standard output.

Usage: films_to_latents_torch.py WIDTH HEIGHT FIRST SECOND RADII MIRRORED SCALES

FIRST and SECOND are the side lengths of the windows of the two passes, pixels; RADII is the side of a second window in
head radii; MIRRORED is 1 if every window is also segmented mirrored; SCALES are the sizes of further second
windows as multiples, separated by commas (may be empty). The networks are those of src/segmentation/training/unet.ts
and src/vae/vae_network.ts with random weights. Because these find no heads, windows and heads are at fixed positions.
"""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import torch
from torch import nn
from torch.nn import functional as F
from unet_torch import UNet

torch.set_num_threads(1)
width, height, FIRST, SECOND = (int(word) for word in sys.argv[1:5])
RADII, MIRRORED = float(sys.argv[5]), sys.argv[6] == "1"
SCALES = [1.0, *(float(word) for word in sys.argv[7].split(",") if word)]
CROP, LATENT, CHANNELS = 128, 128, (48, 96, 128)


def encoder():
    layers, before = [nn.AvgPool2d(2), nn.PixelUnshuffle(4)], 16
    for level, channels in enumerate(CHANNELS):
        side, stride = (3, 1) if level == 0 else (4, 2)
        layers += [nn.Conv2d(before, channels, side, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.LeakyReLU(0.2)]
        before = channels
    side = CROP // 8 // 2 ** (len(CHANNELS) - 1)
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(before * side * side, 2 * LATENT))


def square(film, x, y, half, size):
    """A window of the film: cropped, with zeros outside the film, then resized with anti-aliasing."""
    x0, y0, x1, y1 = int(x - half), int(y - half), int(x + half), int(y + half)
    cut = film[:, :, max(0, y0):max(0, y1), max(0, x0):max(0, x1)]
    pad = (max(0, -x0), max(0, x1 - width), max(0, -y0), max(0, y1 - height))
    cut = F.pad(cut, pad)
    return F.interpolate(cut, size=(size, size), mode="bilinear", antialias=True, align_corners=False)


def quantiles(values, low, high):
    ranked = values.flatten().sort().values
    return ranked[round(low * (len(ranked) - 1))], ranked[round(high * (len(ranked) - 1))]


def box(x, k):
    """Mean over the part of a square of side k that is inside the image, rows first, then columns."""
    rows = F.avg_pool2d(x, (1, k), 1, (0, k // 2), count_include_pad=False)
    return F.avg_pool2d(rows, (k, 1), 1, (k // 2, 0), count_include_pad=False)


def channels(window):
    size = window.shape[-1]
    low, high = quantiles(window[..., ::2], 0.01, 0.99)
    first = ((window - low) / (high - low)).clamp(0, 1)
    k = 2 * (size >> 4) + 1
    mean = box(first, k)
    spread = (box(first * first, k) - mean * mean).clamp(min=0).sqrt() + 0.02
    return torch.cat([first, ((first - mean) / spread).clamp(-3, 3) / 3], 1)


def local_contrast(crop):
    def blur(x):
        return box(box(x, 29), 29)

    gap = crop - blur(crop)
    return (0.5 + 0.18 * gap / (blur(gap * gap).clamp(min=0).sqrt() + 0.03)).clamp(0, 1)


def frozen(net, example):
    return torch.jit.freeze(torch.jit.trace(net.eval().to(memory_format=torch.channels_last), example))


seconds = {"read": 0.0, "outline": 0.0, "crop": 0.0, "encode": 0.0}


def timed(stage, work):
    start = time.perf_counter()
    result = work()
    seconds[stage] += time.perf_counter() - start
    return result


def read(path):
    with open(path, "rb") as file:
        raw = bytearray(file.read())
    count = width * height  # the pixels are the last element of the file
    wide = len(raw) > 2 * count
    values = torch.frombuffer(raw, dtype=torch.int16 if wide else torch.uint8, offset=len(raw) - count * (2 if wide else 1))
    return values[:count].reshape(1, 1, height, width).float()


with torch.inference_mode():
    first = frozen(UNet(), torch.rand(1, 2, FIRST, FIRST))
    second = frozen(UNet(), torch.rand(2, 2, SECOND, SECOND))
    code = frozen(encoder(), torch.rand(16, 1, CROP, CROP))
    places = [(0.27 * width, 0.5 * height), (0.73 * width, 0.5 * height)]
    radius = 0.062 * width
    crops, heads = [], 0

    def outline(film):
        first(both(channels(square(film, width / 2, height / 2, max(width, height) / 2, FIRST))))
        windows = [channels(square(film, x, y, scale * RADII / 2 * radius, SECOND)) for scale in SCALES for x, y in places]
        maps = second(both(torch.cat(windows)))[:, 0].unflatten(0, (-1, len(places))).mean(0)
        return [found.nonzero().float().mean(0) for found in maps > 0.5]

    def both(windows):
        return torch.cat([windows, windows.flip(-1)]) if MIRRORED else windows

    def cut(film, x, y):
        crop = square(film, x, y, 1.35 * radius, CROP)
        low, high = quantiles(crop, 0.005, 0.995)
        return ((crop - low) / (high - low)).clamp(0, 1)

    for path in json.load(sys.stdin):
        film = timed("read", lambda: read(path))
        timed("outline", lambda: outline(film))
        for x, y in places:
            crops.append(timed("crop", lambda: cut(film, x, y)))
        if len(crops) >= 16:
            heads += timed("encode", lambda: code(local_contrast(torch.cat(crops)))).shape[0]
            crops = []
    if crops:
        heads += timed("encode", lambda: code(local_contrast(torch.cat(crops)))).shape[0]
print(json.dumps({**seconds, "heads": heads, "processor": time.process_time()}))
