import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SilhouetteView, Voxels } from "./model";
import { bytesOf, numbersOf } from "./packing";
import type { Pose, VoxelScene } from "./voxel_scene";

type Shown = [boolean, boolean, boolean];

const start: Pose = { turn: 0.9, tilt: 0.45, zoom: 1 };
const isDark = () => window.matchMedia("(prefers-color-scheme: dark)").matches;
const css = ["both", "expected", "yours"] as const;

function sceneOf(picture: Voxels): VoxelScene {
  const all = numbersOf(picture.places, 0, picture.longest);
  const middle = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    let high = 0;
    for (let i = axis; i < all.length; i += 3) high = Math.max(high, all[i]);
    middle[axis] = high / 2;
  }
  const places = Float32Array.from(all, (value, i) => value - middle[i % 3]);
  return { places, memberships: bytesOf(picture.memberships), side: picture.side, longest: picture.longest + picture.side };
}

function turned(pose: Pose, key: string): Pose | null {
  switch (key) {
    case "ArrowLeft": return { ...pose, turn: pose.turn - 0.15 };
    case "ArrowRight": return { ...pose, turn: pose.turn + 0.15 };
    case "ArrowUp": return { ...pose, tilt: Math.min(1.5, pose.tilt + 0.15) };
    case "ArrowDown": return { ...pose, tilt: Math.max(-1.5, pose.tilt - 0.15) };
    case "+": return { ...pose, zoom: Math.min(8, pose.zoom * 1.2) };
    case "-": return { ...pose, zoom: Math.max(0.5, pose.zoom / 1.2) };
    case "0": return start;
    default: return null;
  }
}

function Space({ picture, shown }: { picture: Voxels; shown: Shown }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pose, setPose] = useState(start);
  const drawing = useMemo(() => window.pset3Voxels?.(sceneOf(picture)) ?? null, [picture]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => drawing?.draw(canvas.current!, pose, shown, isDark()));
    return () => cancelAnimationFrame(frame);
  }, [drawing, pose, shown]);
  if (!drawing) return <p>This browser draws no 3-D (WebGL is missing or switched off).</p>;
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    setPose({ ...pose, turn: pose.turn - event.movementX * 0.01, tilt: Math.max(-1.5, Math.min(1.5, pose.tilt + event.movementY * 0.01)) });
  };
  const press = (event: KeyboardEvent) => {
    const next = turned(pose, event.key);
    if (!next) return;
    event.preventDefault();
    setPose(next);
  };
  const [both, expected, yours] = picture.counts;
  return (
    <canvas ref={canvas} class="space" width={640} height={480} tabIndex={0} role="application"
      aria-label={`Voxels in 3-D: ${both} right, ${expected} ${picture.only[0]}, ${yours} ${picture.only[1]}. Arrow keys turn, plus and minus zoom, 0 resets.`}
      onPointerMove={drag} onPointerDown={(event) => canvas.current!.setPointerCapture(event.pointerId)} onKeyDown={press} />
  );
}

/** The silhouette, and over it where the voxels land that are in one answer only. */
function paintSilhouette(context: CanvasRenderingContext2D, picture: Voxels, view: SilhouetteView, scale: number) {
  const columns = Math.ceil(view.columns / view.step);
  const pixels = bytesOf(view.pixels);
  const [background, object] = isDark() ? ["#15181b", "#5a636c"] : ["#ffffff", "#c9d0d7"];
  context.fillStyle = background;
  context.fillRect(0, 0, view.columns * scale, view.rows * scale);
  context.fillStyle = object;
  pixels.forEach((pixel, i) => {
    const size = view.step * scale;
    if (pixel) context.fillRect((i % columns) * size, Math.floor(i / columns) * size, size + 0.5, size + 0.5);
  });
  const places = numbersOf(picture.places, 0, picture.longest);
  const p = view.projection;
  bytesOf(picture.memberships).forEach((membership, i) => {
    if (membership === 0) return;
    const [x, y, z] = [0, 1, 2].map((axis) => places[3 * i + axis] + picture.low[axis]);
    const w = p[8] * x + p[9] * y + p[10] * z + p[11];
    const u = (p[0] * x + p[1] * y + p[2] * z + p[3]) / w;
    const v = (p[4] * x + p[5] * y + p[6] * z + p[7]) / w;
    context.fillStyle = membership === 1 ? "#0b6bb8" : "#e0660f";
    context.fillRect(u * scale - 1, v * scale - 1, 2, 2);
  });
}

function Silhouette({ picture, view }: { picture: Voxels; view: SilhouetteView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = Math.min(320 / view.columns, 320 / view.rows);
  useEffect(() => paintSilhouette(canvas.current!.getContext("2d")!, picture, view, scale), [picture]);
  return (
    <figure>
      <figcaption>Where they project to in the image (the object is grey)</figcaption>
      <canvas ref={canvas} width={Math.round(view.columns * scale)} height={Math.round(view.rows * scale)} role="img"
        aria-label="The silhouette, with the wrong voxels over it" />
    </figure>
  );
}

/** Voxels of both answers in 3-D: what is right, what is missing and what is too much. */
export function VoxelPicture({ picture }: { picture: Voxels }) {
  const [shown, setShown] = useState<Shown>([true, true, true]);
  const total = picture.counts[0] + picture.counts[1] + picture.counts[2];
  const labels = ["right", ...picture.only];
  return (
    <>
      <fieldset class="legend">
        <legend>Voxels</legend>
        {labels.map((label, i) => (
          <label class={css[i]}>
            <input type="checkbox" checked={shown[i]}
              onChange={() => setShown(shown.map((is, k) => (k === i ? !is : is)) as Shown)} />
            {` ${picture.counts[i].toLocaleString("en")} ${label}`}
          </label>
        ))}
      </fieldset>
      <div class="layers">
        <figure>
          <figcaption>Drag to turn; arrow keys, + and − work too</figcaption>
          <Space picture={picture} shown={shown} />
        </figure>
        {picture.view && <Silhouette picture={picture} view={picture.view} />}
      </div>
      {picture.shown < total && <p>{`${picture.shown.toLocaleString("en")} of ${total.toLocaleString("en")} voxels are drawn: of those that are right, some are left out.`}</p>}
    </>
  );
}
