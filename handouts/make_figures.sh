#!/bin/sh
# Copies p1's figures from a run of the exercise on the built-in turntable, small enough for the repository.
# Needs ImageMagick (Debian: imagemagick).
set -eu
run=${1:?which folder did "./pset3 run p1 --out FOLDER" write?}
figures=$(dirname "$0")/figures
mkdir -p "$figures"
copy() { convert "$run/$1.png" -resize 1100x -dither None -colors "$3" -strip "$figures/p1_$2.png"; }
copy a_grid grid 48
copy b_first_carve first_carve 48
copy c_final_carve final_carve 64
copy d_bounds bounds 48
copy e_views views 32
copy silhouettes silhouettes 96
ls -l "$figures"
