"""Carves the scene of numpy_test.cpp, independently of it, one voxel at a time: carve_numpy.py FOLDER.

Reads voxels.txt (a voxel a row), projections.txt (a row of a matrix a row) and silhouettes.txt (an
image row a row, views one below the other), all as text, and writes kept.txt: the numbers of the
voxels that stay.
"""

import sys

import numpy as np


def pixel(projection, point):
    """The nearest pixel (column, row), or None behind the camera."""
    left, down, depth = projection[:, :3].dot(point) + projection[:, 3]
    if depth <= 0:
        return None
    return round(left / depth), round(down / depth)


def is_on(silhouette, projection, point):
    found = pixel(projection, point)
    if found is None:
        return False
    column, row = found
    height, width = silhouette.shape
    return 0 <= column < width and 0 <= row < height and silhouette[row, column] == 1


def main():
    folder = sys.argv[1]
    voxels = np.loadtxt(f"{folder}/voxels.txt")
    projections = np.loadtxt(f"{folder}/projections.txt").reshape(-1, 3, 4)
    silhouettes = np.loadtxt(f"{folder}/silhouettes.txt", dtype=int)
    silhouettes = silhouettes.reshape(len(projections), -1, silhouettes.shape[1])
    views = list(zip(silhouettes, projections))
    kept = [i for i, point in enumerate(voxels) if all(is_on(s, p, point) for s, p in views)]
    np.savetxt(f"{folder}/kept.txt", kept, fmt="%d")


if __name__ == "__main__":
    main()
