#!/bin/sh
# Copies a part's figures from a run of its exercise on the built-in data, small enough for the repository:
# make_figures.sh p0|p1|p2|p3|p4 FOLDER. Needs ImageMagick (Debian: imagemagick).
# make_figures.sh class FOLDER draws the page of a class that was graded: see write_class.py. Needs chromium.
set -eu
part=${1:?which part, p0 to p4, or class?}
run=${2:?which folder did "./pset3 run $part --out FOLDER" or "./pset3 grade" write?}
figures=$(dirname "$0")/figures
mkdir -p "$figures"
copy() { convert "$run/$1.png" -resize '1100x>' -dither None -colors "$3" -strip "$figures/${part}_$2.png"; }
# Pictures with scales of colours, which a palette would break into bands.
copy_maps() { convert "$run/$1.png" -resize '1000x>' -posterize 40 -strip "$figures/${part}_$2.png"; }
case $part in
  p0)
    copy b_activations activations 48
    copy d_spiral spiral 250
    copy e_convolution convolution 48
    ;;
  p1)
    copy a_grid grid 48
    copy b_first_carve first_carve 48
    copy c_final_carve final_carve 64
    copy d_bounds bounds 48
    copy e_views views 32
    copy silhouettes silhouettes 96
    ;;
  p2)
    convert "$run/a_classes.png" "$run/a_rotations.png" +append -resize '1100x>' -colorspace Gray -strip \
      "$figures/p2_samples.png"
    copy e_curves curves 48
    copy c_rotation_curves rotation_curves 32
    ;;
  p3)
    copy_maps d_predictions predictions
    copy d_losses losses 48
    copy e_pretraining pretraining 48
    ;;
  p4)
    copy a_flip flip 128
    copy b_shifts shifts 128
    copy_maps c_left left_view
    copy_maps d_disparities disparities
    copy d_curves curves 48
    copy d_columns columns 48
    ;;
  class)
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=4000 --window-size=1000,1060 \
      --screenshot="$figures/report_class.png" "file://$(realpath "$run")/class.html"
    convert "$figures/report_class.png" -dither None -colors 64 -strip "$figures/report_class.png"
    ;;
esac
ls -l "$figures"
