"""Reads and writes safetensors files of 32-bit floats alone, for the peers.py of the parts with PyTorch."""

import json
import struct

import numpy as np
import torch


def read(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        payload = file.read()
    header.pop("__metadata__", None)
    return {
        name: torch.tensor(
            np.frombuffer(payload[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        )
        for name, entry in header.items()
    }


def write(path, arrays):
    header, payload = {}, b""
    for name, array in arrays.items():
        array = np.asarray(array, "<f4")
        offsets = [len(payload), len(payload) + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": offsets}
        payload += array.tobytes()
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + payload)
