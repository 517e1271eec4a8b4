"""The encoder of src/vae/vae_network.ts in PyTorch: for each input line, encodes all images once and prints the milliseconds (see encoder.ts)."""
import json
import sys
import time

import torch
from torch import nn

s = json.loads(sys.argv[1])
torch.set_num_threads(s["threads"])
layers, before = [nn.AvgPool2d(2), nn.PixelUnshuffle(4)], 16
for level, channels in enumerate(s["channels"]):
    side, stride = (3, 1) if level == 0 else (4, 2)
    layers += [nn.Conv2d(before, channels, side, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.LeakyReLU(0.2)]
    before = channels
side = s["sizePx"] // 8 // 2 ** (len(s["channels"]) - 1)
layers += [nn.Flatten(), nn.Linear(before * side * side, 2 * s["latentSize"])]
network = nn.Sequential(*layers).eval()
network = network.to(memory_format=torch.channels_last)
image = torch.rand(s["batch"], 1, s["sizePx"], s["sizePx"])
with torch.inference_mode():
    # conv and batch norm become one, as onnxruntime does
    network = torch.jit.freeze(torch.jit.trace(network, image))
    for _ in range(5):
        network(image)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for _ in range(s["pictures"] // s["batch"]):
            network(image)
        print(1000 * (time.perf_counter() - start), flush=True)
