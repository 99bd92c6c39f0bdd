import { BoxPicture } from "./box_picture";
import { CurvePicture } from "./curve";
import type { Picture, Planes, Worst } from "./model";
import { PlanesPicture } from "./planes";
import { VoxelPicture } from "./voxel_picture";
import { counted } from "./words";

function worstText({ index, expected, got, different, of }: Worst, array: string): string {
  const values = `${different} of ${counted(of, "value")} ${different === 1 ? "differs" : "differ"}`;
  return `${values}, most at ${array}[${index.join(", ")}]: expected ${expected}, got ${got}.`;
}

/** "2nd", "3rd", "4th" of a number from 2 on, as large as steps are. */
function ordinal(number: number): string {
  const last = number % 100 > 10 && number % 100 < 14 ? 0 : number % 10;
  return `${number}${["th", "st", "nd", "rd"][last] ?? "th"}`;
}

/** What a reader cannot see in a picture: what it leaves out. */
function leftOutText(picture: Planes): string {
  const parts = [];
  if (picture.step > 1) parts.push(`Every ${ordinal(picture.step)} value of ${picture.shape.join(" × ")} is shown.`);
  if (picture.slices_left_out > 0) parts.push(`${counted(picture.slices_left_out, "slice")} with smaller differences not shown.`);
  return parts.join(" ");
}

function One({ picture }: { picture: Picture }) {
  return (
    <section class="picture" aria-label={picture.title}>
      <h4>{picture.title} <span class="id">{picture.case}</span></h4>
      {picture.kind !== "voxels" && picture.kind !== "box" && <p>{worstText(picture.worst, picture.array)} {leftOutText(picture)}</p>}
      {picture.note && <p>{picture.note}</p>}
      {picture.kind === "voxels" ? <VoxelPicture picture={picture} />
        : picture.kind === "box" ? <BoxPicture picture={picture} />
        : picture.kind === "curve" ? <CurvePicture picture={picture} /> : <PlanesPicture picture={picture} />}
    </section>
  );
}

export function Pictures({ pictures }: { pictures: Picture[] }) {
  return <>{pictures.map((picture) => <One picture={picture} />)}</>;
}
