"""Writes KIND.mat for every kind of file in the loader's tests: make_mat.py FOLDER."""

import sys

import numpy as np
from scipy.io import savemat

HEIGHT, WIDTH = 4, 6
FIELDS = ["image", "P", "K", "R", "T", "silhouette"]
WHOLE = ["plain", "compressed", "negated", "double_silhouettes", "cells"]
DEFECTS = [
    "nan",
    "infinite_rotation",
    "transposed",
    "small_intrinsics",
    "image_size",
    "grey_image",
    "singular",
    "text_matrix",
    "cell_size",
    "no_variable",
    "not_a_struct",
]
KINDS = WHOLE + DEFECTS


def frame(view):
    """A camera at distance 5 that looks at the origin, from the side that `view` tells."""
    angle = 2.0 * view
    forward = -np.array([np.cos(angle), np.sin(angle), 0.0])
    rotation = np.stack([np.cross(forward, [0.0, 0.0, 1.0]), [0.0, 0.0, -1.0], forward])
    intrinsics = np.array([[10.0, 0.0, 2.5], [0.0, 10.0, 1.5], [0.0, 0.0, 1.0]])
    position = -5.0 * forward
    pose = np.hstack([rotation, (-rotation @ position)[:, None]])
    image = np.arange(HEIGHT * WIDTH * 3, dtype=np.uint8).reshape(HEIGHT, WIDTH, 3) + view
    silhouette = np.zeros((HEIGHT, WIDTH), dtype=bool)
    silhouette[1, 2 + view] = True
    return {
        "image": image,
        "P": intrinsics @ pose,
        "K": intrinsics,
        "R": rotation,
        "T": position,
        "silhouette": silhouette,
    }


def change(kind, frames):
    first, last = frames[0], frames[-1]
    if kind == "negated":
        last["P"] = -last["P"]
    elif kind == "double_silhouettes":
        for one in frames:
            one["silhouette"] = 255.0 * one["silhouette"]
    elif kind == "nan":
        last["P"][1, 2] = np.nan
    elif kind == "infinite_rotation":
        first["R"][0, 0] = np.inf
    elif kind == "transposed":
        last["P"] = last["P"].T
    elif kind == "small_intrinsics":
        last["K"] = last["K"][:2]
    elif kind == "image_size":
        last["image"] = last["image"][:, :-1]
    elif kind == "grey_image":
        last["image"] = last["image"][:, :, 0]
    elif kind == "singular":
        last["P"][2] = last["P"][1]
    elif kind == "text_matrix":
        last["P"] = "a matrix"


def struct_array(frames, fields):
    array = np.empty((1, len(frames)), dtype=[(field, object) for field in fields])
    for i, one in enumerate(frames):
        for field in fields:
            array[field][0, i] = one[field]
    return array


def cells(kind):
    count = 2
    array = np.empty((1, count), dtype=object)
    for i in range(count):
        array[0, i] = frame(i)["P"]
    if kind == "cell_size":
        array[0, 1] = array[0, 1][:, :3]
    return array


def write(kind, path):
    frames = [frame(0), frame(1)]
    change(kind, frames)
    fields = [field for field in FIELDS if kind != "no_" + field]
    if kind.startswith("cell"):
        content = {"P": cells(kind)}
    elif kind == "no_variable":
        content = {"other": 1.0}
    elif kind == "not_a_struct":
        content = {"frames": np.eye(3)}
    else:
        content = {"frames": struct_array(frames, fields)}
    savemat(path, content, do_compression=kind == "compressed")


def main():
    for kind in KINDS + ["no_" + field for field in FIELDS]:
        write(kind, f"{sys.argv[1]}/{kind}.mat")


if __name__ == "__main__":
    main()
