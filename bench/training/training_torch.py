"""PyTorch's side of `deno task bench:training`: the networks of training_workloads.ts, number for number.

    training_torch.py NETWORK                 times steps on request: writes "ready", then one time for each input line
    training_torch.py gradient NETWORK JSON   writes loss and float64 gradient of a workload to standard output

Settings come from the environment: CHANNELS_LAST=1, FUSED=1, COMPILE=1, THREADS=n.
"""
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

WORKLOADS = {
    "unet": dict(network="unet", batch=4, sizePx=256, channels=[16, 32, 64, 128, 256], latent=0),
    "vae": dict(network="vae", batch=32, sizePx=128, channels=[32, 64, 128, 256], latent=32),
}


def uniform(length, stream):
    """Number i of a stream: 32-bit hash of both, as training_numbers.ts."""
    x = (np.arange(length, dtype=np.uint64) + (stream * 0x9E3779B9 & 0xFFFFFFFF)).astype(np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return (x ^ (x >> np.uint32(16))).astype(np.float64) / 2**32


class Weights:
    """Declares parameters in the order of the TypeScript side and gives them the same values."""

    def __init__(self):
        self.shapes = []
        self.values = None

    def __call__(self, name, *shape):
        if self.values is None:
            self.shapes.append((name, shape))
            return torch.zeros(shape)
        return self.values[name]

    def fill(self, dtype):
        total = sum(int(np.prod(shape)) for _, shape in self.shapes)
        chance, at, values = uniform(total, 1), 0, {}
        for name, shape in self.shapes:
            size = int(np.prod(shape))
            bound = np.sqrt(6 / (size / shape[0])) if len(shape) > 1 else 0.2
            start = float(name.endswith(".gain")) + (2 * chance[at:at + size] - 1) * bound
            values[name] = torch.tensor(start.astype(np.float32).reshape(shape)).to(dtype)
            at += size
        self.values = {name: torch.nn.Parameter(value) for name, value in values.items()}


def norm(param, y, name):
    c = y.shape[1]
    return F.batch_norm(y, None, None, param(name + ".gain", c), param(name + ".shift", c), training=True)


def unet_loss(w, param, x, t):
    def layer(x, name, co):
        return F.relu(norm(param, F.conv2d(x, param(name + ".weight", co, x.shape[1], 3, 3), padding=1), name))

    def block(x, name, co):
        return layer(layer(x, name + ".0", co), name + ".1", co)

    channels, skips, image = w["channels"], [], x
    deepest = len(channels) - 1
    for level, c in enumerate(channels):
        x = block(x, f"down{level}", c)
        if level < deepest:
            skips.append(x)
            x = F.max_pool2d(x, 2)
    for level in range(deepest - 1, -1, -1):
        c = channels[level]
        x = F.conv_transpose2d(x, param(f"up{level}.weight", x.shape[1], c, 2, 2), param(f"up{level}.bias", c), stride=2)
        x = block(torch.cat([x, skips[level]], 1), f"join{level}", c)
    logits = F.conv2d(x, param("head.weight", 1, channels[0], 1, 1), param("head.bias", 1))
    p = torch.sigmoid(logits)
    overlap, areas = (p * t).sum((1, 2, 3)), p.sum((1, 2, 3)) + t.sum((1, 2, 3))
    dice = 1 - ((2 * overlap + 1) / (areas + 1)).mean()
    return F.binary_cross_entropy_with_logits(logits, t) + dice


def vae_loss(w, param, x, epsilon):
    channels, latent, n = w["channels"], w["latent"], x.shape[0]
    side, h = w["sizePx"] >> len(channels), x
    for k, c in enumerate(channels):
        h = F.conv2d(h, param(f"encode{k}.weight", c, h.shape[1], 4, 4), stride=2, padding=1)
        h = F.leaky_relu(norm(param, h, f"encode{k}"), 0.2)
    flat = channels[-1] * side * side
    both = F.linear(h.reshape(n, flat), param("latent.weight", 2 * latent, flat), param("latent.bias", 2 * latent))
    mean, log_variance = both.split(latent, 1)
    z = mean + epsilon * torch.exp(0.5 * log_variance)
    d = F.linear(z, param("grow.weight", flat, latent), param("grow.bias", flat)).reshape(n, channels[-1], side, side)
    for k, c in enumerate(channels[-2::-1] + [1]):
        weight = param(f"decode{k}.weight", d.shape[1], c, 4, 4)
        d = F.conv_transpose2d(d, weight, param(f"decode{k}.bias", c) if c == 1 else None, stride=2, padding=1)
        if c != 1:
            d = F.leaky_relu(norm(param, d, f"decode{k}"), 0.2)
    reconstruction = F.binary_cross_entropy_with_logits(d, x, reduction="sum") / n
    kl = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum() / n
    return reconstruction + kl


def batch_of(w, dtype):
    n, s = w["batch"], w["sizePx"]
    tensor = lambda a, *shape: torch.tensor(a.astype(np.float32).reshape(shape)).to(dtype)
    x = tensor(uniform(n * s * s, 2), n, 1, s, s)
    if w["network"] == "unet":
        return x, tensor((uniform(n * s * s, 3) > 0.5), n, 1, s, s)
    return x, tensor(2 * uniform(n * w["latent"], 4) - 1, n, w["latent"])


def prepare(w, dtype):
    loss = unet_loss if w["network"] == "unet" else vae_loss
    param, batch = Weights(), batch_of(w, dtype)
    with torch.no_grad():
        loss(w, param, *(b.float() for b in batch))  # only to learn the shapes
    param.fill(dtype)
    return (lambda: loss(w, param, *batch)), param, batch


def gradient(w, dtype=torch.float64):
    """Loss and gradient in the order of the parameters."""
    loss, param, _ = prepare(w, dtype)
    value = loss()
    value.backward()
    return value.item(), np.concatenate([p.grad.numpy().ravel() for p in param.values.values()])


def serve(w):
    torch.set_flush_denormal(True)
    if "THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["THREADS"]))
    _, param, batch = prepare(w, torch.float32)
    if os.environ.get("CHANNELS_LAST"):
        last = lambda a: a.to(memory_format=torch.channels_last) if a.dim() == 4 else a
        for p in param.values.values():
            p.data = last(p.data)
        batch = [last(b) for b in batch]
    loss = unet_loss if w["network"] == "unet" else vae_loss
    forward = lambda: loss(w, param, *batch)
    if os.environ.get("COMPILE"):
        forward = torch.compile(forward)
    optimiser = torch.optim.AdamW(param.values.values(), lr=1e-3, **({"fused": True} if os.environ.get("FUSED") else {}))

    def step():
        optimiser.zero_grad(set_to_none=True)
        value = forward()
        value.backward()
        optimiser.step()
        return value.item()

    step(), step(), step()
    print("ready", torch.__version__, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        step()
        print(f"{(time.perf_counter() - start) * 1e3:.3f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "gradient":
        value, vector = gradient({**WORKLOADS[sys.argv[2]], **json.loads(sys.argv[3])})
        sys.stdout.buffer.write(np.float64(value).tobytes() + vector.astype(np.float64).tobytes())
    else:
        serve(WORKLOADS[sys.argv[1]])
