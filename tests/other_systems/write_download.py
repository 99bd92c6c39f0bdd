"""write_download.py SOLUTION FOLDER: a Moodle download of three hand-ins of p1 and the class list of four."""

import pathlib
import sys
import zipfile

solution, folder = map(pathlib.Path, sys.argv[1:])
files = {path.name: path.read_text() for path in sorted(solution.glob("*.cpp"))}
right = files["carve.cpp"]
hand_ins = {
    "Ann Lee_101": right,
    "Ben Okoye_102": right.replace("return kept;", "return kept.topRows(0);"),
    "Cleo Diaz_103": right.replace("return kept;", "return kept"),
}
with zipfile.ZipFile(folder / "download.zip", "w") as archive:
    for student, carve in hand_ins.items():
        for name, text in {**files, "carve.cpp": carve}.items():
            archive.writestr(f"{student}_assignsubmission_file_/{name}", text)
(folder / "class.csv").write_text(
    "id,name,email,section\n"
    "1001,Ann Lee,ann@example.edu,A\n"
    "1002,Ben Okoye,ben@example.edu,A\n"
    "1003,Cleo Diaz,cleo@example.edu,B\n"
    "1004,Dov Katz,dov@example.edu,B\n"
)
