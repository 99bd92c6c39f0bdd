import { scaleLinear } from "d3-scale";
import type { Box } from "./model";
import { numbersOf, numberText } from "./packing";

const side = 260;
const margin = { left: 52, right: 8, top: 18, bottom: 34 };
const axes = ["x", "y", "z"];

type Range = [number, number];

/** What is drawn of each axis: as much of all three, so that a cube is a cube, with the boxes in the middle. */
function rangesOf({ expected, got }: Box, points: Float64Array): Range[] {
  const ranges = axes.map((_, axis): Range => {
    let [low, high] = [Infinity, -Infinity];
    const take = (value: number) => { low = Math.min(low, value); high = Math.max(high, value); };
    for (const box of [expected, got]) { take(box[2 * axis]); take(box[2 * axis + 1]); }
    for (let i = axis; i < points.length; i += 3) take(points[i]);
    return [low, high];
  });
  const half = 0.54 * Math.max(...ranges.map(([low, high]) => high - low));
  return ranges.map(([low, high]): Range => [(low + high) / 2 - half, (low + high) / 2 + half]);
}

interface SideProps { picture: Box; points: Float64Array; ranges: Range[]; across: number; up: number; title: string }

/** One side of space: the axis to the right and the axis upwards. */
function Side({ picture, points, ranges, across, up, title }: SideProps) {
  const x = scaleLinear(ranges[across], [margin.left, side - margin.right]);
  const y = scaleLinear(ranges[up], [side - margin.bottom, margin.top]);
  const dots = [];
  for (let i = 0; i < points.length; i += 3) {
    dots.push(`M${x(points[i + across]).toFixed(1)} ${y(points[i + up]).toFixed(1)}h0`);
  }
  const frame = (box: number[], name: string) => (
    <rect class={name} x={x(Math.min(box[2 * across], box[2 * across + 1]))} y={y(Math.max(box[2 * up], box[2 * up + 1]))}
      width={Math.abs(x(box[2 * across + 1]) - x(box[2 * across]))} height={Math.abs(y(box[2 * up + 1]) - y(box[2 * up]))} />
  );
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg class="box" width={side} height={side} viewBox={`0 0 ${side} ${side}`} role="img"
        aria-label={`${title}: the box that is due and yours`}>
        <g class="axes">
          {x.ticks(5).map((tick) => <text x={x(tick)} y={side - margin.bottom + 15} text-anchor="middle">{numberText(tick)}</text>)}
          {y.ticks(5).map((tick) => (
            <g>
              <line x1={margin.left} x2={side - margin.right} y1={y(tick)} y2={y(tick)} />
              <text x={margin.left - 5} y={y(tick) + 4} text-anchor="end">{numberText(tick)}</text>
            </g>
          ))}
          <text x={side - margin.right} y={side - 3} text-anchor="end">{axes[across]}</text>
          <text x={margin.left - 5} y={10} text-anchor="end">{axes[up]}</text>
        </g>
        <path class="dots" d={dots.join("")} />
        {frame(picture.expected, "expected")}
        {frame(picture.got, "yours")}
      </svg>
    </figure>
  );
}

/** The ends of both boxes, those that differ first to be seen. */
function Ends({ picture }: { picture: Box }) {
  const small = (picture.high - picture.low) * 1e-6;
  const rows = picture.expected.map((expected, i) => ({ name: `${axes[i >> 1]} ${i % 2 === 0 ? "from" : "to"}`, expected, got: picture.got[i] }));
  return (
    <table>
      <thead><tr><th scope="col">End</th><th scope="col">Expected</th><th scope="col">Yours</th><th scope="col">Difference</th></tr></thead>
      <tbody>
        {rows.map(({ name, expected, got }) => {
          const same = Math.abs(got - expected) <= small;
          return (
            <tr>
              <th scope="row">{name}</th><td>{numberText(expected)}</td><td>{numberText(got)}</td>
              <td class={same ? "" : "bad"}>{same ? "–" : numberText(got - expected)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A box from three sides, around the points that it is for. */
export function BoxPicture({ picture }: { picture: Box }) {
  const points = numbersOf(picture.points, picture.low, picture.high);
  const ranges = rangesOf(picture, points);
  return (
    <>
      <p class="legend"><span class="expected">expected</span> <span class="yours">yours (dashed)</span></p>
      <div class="layers">
        <Side picture={picture} points={points} ranges={ranges} across={0} up={1} title="From above" />
        <Side picture={picture} points={points} ranges={ranges} across={0} up={2} title="From the front" />
        <Side picture={picture} points={points} ranges={ranges} across={1} up={2} title="From the side" />
      </div>
      <Ends picture={picture} />
    </>
  );
}
