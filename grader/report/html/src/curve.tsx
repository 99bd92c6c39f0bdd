import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Planes, Slice } from "./model";
import { numbersOf, numberText } from "./packing";

const width = 520;
const height = 220;
const margin = { left: 56, right: 12, top: 10, bottom: 32 };

function Axes({ x, y, label }: { x: ReturnType<typeof scaleLinear<number>>; y: ReturnType<typeof scaleLinear<number>>; label: string }) {
  return (
    <g class="axes">
      {y.ticks(5).map((tick) => (
        <g>
          <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text x={margin.left - 6} y={y(tick) + 4} text-anchor="end">{numberText(tick)}</text>
        </g>
      ))}
      {x.ticks(8).filter(Number.isInteger).map((tick) => (
        <text x={x(tick)} y={height - margin.bottom + 16} text-anchor="middle">{tick}</text>
      ))}
      <text x={width - margin.right} y={height - 3} text-anchor="end">{label}</text>
    </g>
  );
}

function CurvePlot({ picture, slice }: { picture: Planes; slice: Slice }) {
  const expected = numbersOf(slice.expected, picture.low, picture.high);
  const got = numbersOf(slice.got, picture.low, picture.high);
  const x = scaleLinear([0, (expected.length - 1) * picture.step], [margin.left, width - margin.right]);
  const y = scaleLinear([picture.low, picture.high], [height - margin.bottom, margin.top]).nice();
  const path = line<number>((_, i) => x(i * picture.step), (value) => y(value)).defined(Number.isFinite);
  const dots = expected.length <= 30;
  return (
    <svg class="curve" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${picture.title}: expected and yours`}>
      <Axes x={x} y={y} label="index" />
      {[{ values: expected, name: "expected" }, { values: got, name: "yours" }].map(({ values, name }) => (
        <g class={name}>
          <path d={path(Array.from(values)) ?? ""} />
          {dots && Array.from(values).map((value, i) => Number.isFinite(value) && <circle cx={x(i * picture.step)} cy={y(value)} r={name === "yours" ? 3.5 : 2.5} />)}
        </g>
      ))}
    </svg>
  );
}

/** Values one after the other, beside the expected ones. */
export function CurvePicture({ picture }: { picture: Planes }) {
  return (
    <>
      <p class="legend"><span class="expected">expected</span> <span class="yours">yours</span></p>
      {picture.slices.map((slice) => <CurvePlot picture={picture} slice={slice} />)}
    </>
  );
}
