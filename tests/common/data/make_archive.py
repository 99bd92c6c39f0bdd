"""Packs files into a .zip with Python's own zipfile, independent of the library that reads it.

    make_archive.py ARCHIVE FOLDER [NAME=FILE …]

All files below FOLDER by their own paths, and FILE by any NAME, in the order given. Names that end
in "/" become folders.
"""
import os
import sys
import zipfile

archive, folder, extra = sys.argv[1], sys.argv[2], sys.argv[3:]
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
    for place, folders, files in sorted(os.walk(folder)):
        for name in sorted(files):
            path = os.path.join(place, name)
            packed.write(path, os.path.relpath(path, folder))
    for item in extra:
        name, _, path = item.partition("=")
        packed.writestr(name, open(path, "rb").read() if path else b"")
