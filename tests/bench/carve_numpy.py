"""Carving as a good student writes it in NumPy: the other side of carve_benchmark.

carve_numpy.py FOLDER reads voxels.npy (N, 3), projections.npy (V, 3, 4) and silhouettes.npy
(V, H, W) from FOLDER, writes survivors.npy there, and prints the seconds that the carving took.
"""

import pathlib
import sys
import time

import numpy as np


def carve(voxels, projection, silhouette):
    homogeneous = np.hstack([voxels, np.ones((len(voxels), 1))])
    pixels = homogeneous @ projection.T
    depth = pixels[:, 2]
    columns = np.rint(pixels[:, 0] / depth).astype(int)
    rows = np.rint(pixels[:, 1] / depth).astype(int)
    height, width = silhouette.shape
    inside = (depth > 0) & (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    survivors = voxels[inside]
    return survivors[silhouette[rows[inside], columns[inside]] > 0]


def carve_all(voxels, projections, silhouettes):
    for projection, silhouette in zip(projections, silhouettes):
        voxels = carve(voxels, projection, silhouette)
    return voxels


def main():
    folder = pathlib.Path(sys.argv[1])
    voxels, projections, silhouettes = (
        np.load(folder / f"{name}.npy") for name in ("voxels", "projections", "silhouettes")
    )
    start = time.perf_counter()
    survivors = carve_all(voxels, projections, silhouettes)
    print(time.perf_counter() - start)
    np.save(folder / "survivors.npy", survivors)


if __name__ == "__main__":
    main()
