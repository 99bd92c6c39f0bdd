"""Reads a binary PLY file with NumPy and prints what is in it, for comparison."""
import sys

import numpy as np

TYPES = {"float": "<f4", "uchar": "u1", "int": "<i4"}


def main(path):
    data = open(path, "rb").read()
    head, body = data.split(b"end_header\n", 1)
    lines = head.decode("ascii").splitlines()
    assert lines[0] == "ply" and lines[1] == "format binary_little_endian 1.0", lines[:2]
    elements = []
    for line in lines[2:]:
        words = line.split()
        if words[0] == "element":
            elements.append((words[1], int(words[2]), []))
        elif words[1] == "list":
            assert words[2:] == ["uchar", "int", "vertex_indices"], line
            elements[-1][2].extend([("count", "u1"), ("index", "<i4", 3)])
        else:
            elements[-1][2].append((words[2], TYPES[words[1]]))
    at = 0
    for name, count, fields in elements:
        dtype = np.dtype(fields)
        rows = np.frombuffer(body, dtype, count, at)
        at += dtype.itemsize * count
        print(name, count)
        for field in dtype.names:
            print(field, "%.6f" % rows[field].astype(np.float64).sum())
        if name == "face":
            assert (rows["count"] == 3).all()
    assert at == len(body), "bytes left over"


main(sys.argv[1])
