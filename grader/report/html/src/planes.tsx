import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { errorColour, gradient, valueColour } from "./colour";
import type { Planes, Slice } from "./model";
import { bytesOf, numbersOf, numberText } from "./packing";

interface Layer {
  title: string;
  paint: (i: number, into: Uint8ClampedArray, at: number) => void;
}

interface Decoded {
  layers: Layer[];
  expected: ArrayLike<number>;
  got: ArrayLike<number>;
  errors: Float64Array;
  /** Where the largest error is. */
  at: number;
}

const put = (into: Uint8ClampedArray, at: number, [r, g, b]: number[]) => into.set([r, g, b, 255], at);

/** Pixels with bytes between `low` and `high`, one channel or three. */
function pixelLayer(title: string, bytes: Uint8Array, channels: number): Layer {
  return {
    title,
    paint: (i, into, at) =>
      put(into, at, channels === 3 ? [bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2]] : [bytes[i], bytes[i], bytes[i]]),
  };
}

function mapLayer(title: string, values: Float64Array, low: number, high: number): Layer {
  return {
    title,
    paint: (i, into, at) => {
      if (Number.isNaN(values[i])) return;
      put(into, at, valueColour(high > low ? (values[i] - low) / (high - low) : 0.5));
    },
  };
}

function decode(picture: Planes, slice: Slice): Decoded {
  const image = picture.kind === "image";
  const read = (text: string) => (image ? bytesOf(text) : numbersOf(text, picture.low, picture.high));
  const layer = (title: string, text: string): Layer =>
    image ? pixelLayer(title, bytesOf(text), picture.channels)
      : mapLayer(title, numbersOf(text, picture.low, picture.high), picture.low, picture.high);
  const scale = image ? (picture.high - picture.low) / 255 : 1;
  const expected = read(slice.expected);
  const got = read(slice.got);
  const cells = picture.rows * picture.columns;
  const errors = new Float64Array(cells);
  let at = 0;
  for (let i = 0; i < cells; i++) {
    for (let channel = 0; channel < picture.channels; channel++) {
      const k = i * picture.channels + channel;
      const error = (got[k] - expected[k]) * scale;
      if (Math.abs(error) > Math.abs(errors[i]) || Number.isNaN(error)) errors[i] = error;
    }
    if (Math.abs(errors[i]) > Math.abs(errors[at])) at = i;
  }
  const layers = [layer("Expected", slice.expected), layer("Yours", slice.got)];
  if (slice.before) layers.unshift(layer("Given", slice.before));
  return { layers, expected, got, errors, at };
}

/** One scale for the errors of all slices, so that they can be compared. */
function differenceLayer(errors: Float64Array, largest: number): Layer {
  return {
    title: "Difference",
    paint: (i, into, place) => {
      if (!Number.isNaN(errors[i])) put(into, place, errorColour(largest > 0 ? errors[i] / largest : 0));
    },
  };
}

function Canvas({ picture, layer, at, onPoint }: { picture: Planes; layer: Layer; at: number; onPoint: (cell: number | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows, columns } = picture;
  useEffect(() => {
    const context = canvas.current!.getContext("2d")!;
    const pixels = context.createImageData(columns, rows);
    for (let i = 0; i < rows * columns; i++) layer.paint(i, pixels.data, 4 * i);
    context.putImageData(pixels, 0, 0);
  }, [layer]);
  const cellAt = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    onPoint(row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : null);
  };
  const size = Math.max(1, Math.min(28, Math.floor(280 / columns), Math.floor(280 / rows)));
  const width = columns * Math.max(size, Math.min(1, 280 / columns));
  const mark = { left: `${((at % columns) / columns) * 100}%`, top: `${(Math.floor(at / columns) / rows) * 100}%`,
    width: `${100 / columns}%`, height: `${100 / rows}%` };
  return (
    <figure>
      <figcaption>{layer.title}</figcaption>
      <div class="canvas" style={{ width: `${width}px` }}>
        <canvas ref={canvas} width={columns} height={rows} style={{ aspectRatio: `${columns} / ${rows}` }}
          role="img" aria-label={`${picture.title}: ${layer.title}`} onMouseMove={cellAt} onMouseLeave={() => onPoint(null)} />
        <div class="mark" style={mark} aria-hidden="true" />
      </div>
    </figure>
  );
}

function Scale({ colours, low, high, unit }: { colours: string; low: number; high: number; unit?: string }) {
  return (
    <div class="scale">
      <span>{numberText(low, high - low)}</span>
      <div style={{ background: colours }} aria-hidden="true" />
      <span>{numberText(high, high - low)}{unit ? ` ${unit}` : ""}</span>
    </div>
  );
}

/** What stands under the pointer, in both answers. */
function pointText(picture: Planes, decoded: Decoded, cell: number): string {
  const { columns, channels, step, low, high } = picture;
  const value = (values: ArrayLike<number>) =>
    Array.from({ length: channels }, (_, channel) => {
      const v = values[cell * channels + channel];
      return numberText(picture.kind === "image" ? low + (v / 255) * (high - low) : v);
    }).join(", ");
  const row = Math.floor(cell / columns) * step;
  return `row ${row}, column ${(cell % columns) * step}: expected ${value(decoded.expected)}, yours ${value(decoded.got)}`;
}

interface SliceProps { picture: Planes; slice: Slice; decoded: Decoded; largest: number; onText: (text: string) => void }

function SliceRow({ picture, slice, decoded, largest, onText }: SliceProps) {
  const layers = useMemo(() => [...decoded.layers, differenceLayer(decoded.errors, largest)], [decoded, largest]);
  const onPoint = (cell: number | null) => onText(cell === null ? "" : pointText(picture, decoded, cell));
  return (
    <div class="slice">
      {slice.label && <p class="id">{slice.label}</p>}
      <div class="layers">
        {layers.map((layer) => <Canvas picture={picture} layer={layer} at={decoded.at} onPoint={onPoint} />)}
      </div>
    </div>
  );
}

/** Images and maps: given, expected, the student's and the difference beside each other. */
export function PlanesPicture({ picture }: { picture: Planes }) {
  const decoded = useMemo(() => picture.slices.map((slice) => decode(picture, slice)), [picture]);
  const largest = Math.max(...decoded.map(({ errors, at }) => Math.abs(errors[at])));
  const [text, setText] = useState("");
  return (
    <>
      <div class="scales">
        {picture.kind === "map" && <Scale colours={gradient(valueColour, 0, 1)} low={picture.low} high={picture.high} unit={picture.unit} />}
        <Scale colours={gradient(errorColour, -1, 1)} low={-largest} high={largest} unit={picture.unit ? `${picture.unit}, difference` : "difference"} />
      </div>
      {picture.slices.map((slice, i) => (
        <SliceRow picture={picture} slice={slice} decoded={decoded[i]} largest={largest} onText={setText} />
      ))}
      <p class="point">{text || "Point at a place to read its values. The frame marks the largest difference."}</p>
    </>
  );
}
