// Colour maps that stay readable for people who see fewer colours, and in grey.

type Colour = [number, number, number];

/** Viridis, at nine places. */
const sequential: Colour[] = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141],
  [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37],
];
/** Blue for too small, white for the same, orange for too large. */
const diverging: Colour[] = [[5, 72, 145], [88, 152, 208], [240, 240, 240], [236, 151, 71], [150, 62, 4]];

function between(stops: Colour[], share: number): Colour {
  const place = Math.max(0, Math.min(1, share)) * (stops.length - 1);
  const first = Math.min(stops.length - 2, Math.floor(place));
  const rest = place - first;
  return stops[first].map((from, i) => from + rest * (stops[first + 1][i] - from)) as Colour;
}

export const valueColour = (share: number): Colour => between(sequential, share);
/** @param share  of the largest error, from -1 to 1 */
export const errorColour = (share: number): Colour => between(diverging, (share + 1) / 2);

export function gradient(colour: (share: number) => Colour, from: number, to: number): string {
  const stops = Array.from({ length: 9 }, (_, i) => {
    const [r, g, b] = colour(from + ((to - from) * i) / 8);
    return `rgb(${r | 0} ${g | 0} ${b | 0})`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
