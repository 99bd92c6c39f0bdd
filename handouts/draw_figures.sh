#!/bin/sh
# Draws the figures that explain geometry and shapes, as SVG: handouts/draw_figures.sh [FOLDER]
# make_figures.sh makes the others, which need a run of an exercise. Needs awk.
set -eu
figures=${1:-$(dirname "$0")/figures}
mkdir -p "$figures"

# Functions that all drawings use. Places are computed, so that a ray that should hit a pixel does.
pen='
function begin(width, height) {
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" ", width, height, width, height
  print "font-family=\"DejaVu Sans, sans-serif\" font-size=\"15\" fill=\"#1d2126\">"
  printf "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height
}
function end() { print "</svg>" }
function line(x0, y0, x1, y1, colour, more) {
  printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.8\" %s/>\n", x0, y0, x1, y1, colour, more
}
function bar(x0, y, x1, colour) { box(x0 < x1 ? x0 : x1, y - 2, x0 < x1 ? x1 - x0 : x0 - x1, 4, colour, colour) }
function dot(x, y, colour) { printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>\n", x, y, colour }
function box(x, y, width, height, fill, stroke) {
  printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>\n", x, y, width, height, fill, stroke
}
function text(x, y, words, more) { printf "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>\n", x, y, more, words }
function middle(x, y, words, more) { text(x, y, words, "text-anchor=\"middle\" " more) }
'

# A voxel, its ray, and the pixel that it meets, in oblique projection.
projection='
# A point of space on the paper: x to the right, y upwards, z into it.
function px(x, z) { return 120 + x + 0.82 * z }
function py(y, z) { return 300 - y - 0.30 * z }
function at_plane(c, z) { return c * plane / z }   # along the ray through the origin
function edge(i, j) { line(qx[i], qy[i], qx[j], qy[j], "#2f6f3a", "") }
BEGIN {
  begin(800, 380)
  plane = 260; half_w = 120; half_h = 90; n = 8
  X = 35; Y = 35; Z = 610; side = 52
  # the image plane
  for (i = 0; i <= n; ++i) {
    x = -half_w + 2 * half_w * i / n
    line(px(x, plane), py(-half_h, plane), px(x, plane), py(half_h, plane), "#c3cad2", "")
  }
  for (i = 0; i <= 6; ++i) {
    y = -half_h + 2 * half_h * i / 6
    line(px(-half_w, plane), py(y, plane), px(half_w, plane), py(y, plane), "#c3cad2", "")
  }
  u = at_plane(X, Z); v = at_plane(Y, Z)
  cell_w = 2 * half_w / n; cell_h = 2 * half_h / 6
  cx = int((u + half_w) / cell_w) * cell_w - half_w; cy = int((v + half_h) / cell_h) * cell_h - half_h
  box(px(cx, plane), py(cy + cell_h, plane), cell_w, cell_h, "#f6c28b", "#b45f06")
  # column and row of that pixel
  line(px(-half_w, plane), py(half_h, plane) - 12, px(u, plane), py(half_h, plane) - 12, "#b45f06", "marker-end=\"url(#tip)\"")
  middle(px((u - half_w) / 2, plane), py(half_h, plane) - 20, "u, the column")
  line(px(-half_w, plane) - 12, py(half_h, plane), px(-half_w, plane) - 12, py(v, plane), "#b45f06", "marker-end=\"url(#tip)\"")
  text(px(-half_w, plane) - 20, py(v, plane) - 20, "v, the row", "text-anchor=\"end\"")
  print "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#b45f06\"/></marker></defs>"
  # the voxel
  for (k = 0; k < 8; ++k) {
    x = X + (k % 2 ? 1 : -1) * side / 2; y = Y + (int(k / 2) % 2 ? 1 : -1) * side / 2; z = Z + (k >= 4 ? 1 : -1) * side / 2
    qx[k] = px(x, z); qy[k] = py(y, z)
  }
  edge(0, 1); edge(1, 3); edge(3, 2); edge(2, 0); edge(4, 5); edge(5, 7); edge(7, 6); edge(6, 4)
  edge(0, 4); edge(1, 5); edge(2, 6); edge(3, 7)
  # the ray
  line(px(0, 0), py(0, 0), px(X, Z), py(Y, Z), "#0b5cad", "")
  dot(px(0, 0), py(0, 0), "#1d2126"); dot(px(u, plane), py(v, plane), "#b45f06"); dot(px(X, Z), py(Y, Z), "#2f6f3a")
  middle(px(0, 0), py(0, 0) + 26, "camera")
  middle(px(0, plane), py(-half_h, plane) + 24, "image: one pixel decides")
  middle(px(X, Z) - 10, py(Y - side / 2, Z) + 46, "centre of a voxel, (x, y, z)")
  end()
}'

# Blocks as high as the maps and as wide as the channels are many, on scales of roots.
shapes='
function block(x, size, channels, name, what,   h, w) {
  h = 14 * sqrt(size); w = 10 + 4 * sqrt(channels)
  box(x - w / 2, 130 - h / 2, w, h, what == "" ? "#e6eaee" : "#cfe0f3", "#0b5cad")
  middle(x, 205, name, "font-size=\"14\"")
  if (what != "") { middle(x, 228, what, "font-size=\"13\" fill=\"#59626c\"") }
}
function arrow(x0, x1, label, below) {
  line(x0, 130, x1, 130, "#59626c", "marker-end=\"url(#tip)\"")
  middle((x0 + x1) / 2, 28, label, "font-size=\"13\""); middle((x0 + x1) / 2, 45, below, "font-size=\"13\"")
}
BEGIN {
  begin(1080, 290)
  print "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#59626c\"/></marker></defs>"
  arrow(66, 142, "convolution", "5 x 5, ReLU"); arrow(188, 270, "max pooling", "2 x 2"); arrow(316, 398, "convolution", "5 x 5, ReLU")
  arrow(450, 530, "max pooling", "2 x 2"); arrow(582, 662, "flatten", "")
  arrow(680, 786, "linear", "ReLU"); arrow(824, 906, "linear", "ReLU"); arrow(944, 1026, "linear", "")
  block(50, 32, 1, "1 x 32 x 32", "image"); block(165, 32, 16, "16 x 32 x 32", ""); block(293, 16, 16, "16 x 16 x 16", "")
  block(424, 16, 32, "32 x 16 x 16", ""); block(556, 8, 32, "32 x 8 x 8", "")
  box(666, 50, 12, 160, "#cfe0f3", "#0b5cad"); middle(672, 228, "2048", "font-size=\"14\"")
  box(799, 105, 12, 50, "#fbe3c8", "#b45f06"); middle(805, 205, "25", "font-size=\"14\"")
  box(919, 105, 12, 50, "#fbe3c8", "#b45f06"); middle(925, 205, "25", "font-size=\"14\"")
  box(1039, 115, 12, 30, "#fbe3c8", "#b45f06"); middle(1045, 205, "logits", "font-size=\"14\"")
  line(30, 250, 690, 250, "#0b5cad", ""); middle(360, 274, "ImageEmbedNet")
  line(720, 250, 1060, 250, "#b45f06", ""); middle(890, 274, "ClassifyNet")
  end()
}'

# Two cameras from above, a near point and a far one. d = f B / Z is what the drawing shows, in its own units.
stereo='
function camera(x, name) {
  dot(x, base, "#1d2126"); middle(x, base + 26, name)
  line(x - half, base - f, x + half, base - f, "#1d2126", "")
  line(x, base, x, base - f, "#c3cad2", "stroke-dasharray=\"4 4\"")
}
function hit(camera_x, x, z) { return camera_x + (x - camera_x) * f / z }
function rays(x, z, colour, name, row,   a, b) {
  line(left, base, x, base - z, colour, ""); line(right, base, x, base - z, colour, "")
  dot(x, base - z, colour); text(x - 14, base - z + 5, name, "text-anchor=\"end\"")
  a = hit(left, x, z) - left; b = hit(right, x, z) - right
  dot(left + a, base - f, colour); dot(right + b, base - f, colour)
  # a hollow dot: where the left camera sees the point
  dotted(right + a, colour); bar(right + b, base - f + row, right + a, colour)
  text(right + half + 12, base - f + row + 5, "disparity, " name)
}
function dotted(x, colour) { printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#ffffff\" stroke=\"%s\" stroke-width=\"1.8\"/>\n", x, base - f, colour }
BEGIN {
  begin(760, 470); base = 420; f = 110; left = 200; right = 420; half = 100
  camera(left, "left camera"); camera(right, "right camera")
  rays(330, 390, "#0b5cad", "far point", 24); rays(250, 245, "#b45f06", "near point", 44)
  line(left, base + 36, right, base + 36, "#59626c", ""); middle((left + right) / 2, base + 30, "B")
  text(left - half - 14, base - f + 5, "image", "text-anchor=\"end\""); text(left - 10, base - f / 2, "f", "text-anchor=\"end\"")
  end()
}'

draw() { awk "$pen$2" >"$figures/$1.svg" </dev/null; }
draw p1_projection "$projection"
draw p2_shapes "$shapes"
draw p4_stereo "$stereo"
