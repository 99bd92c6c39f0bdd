// What the pages draw. report_model.cpp, pictures_json.cpp and the gradebook's class.schema.json write it.

export type Verdict =
  | "passed" | "partial" | "failed" | "not_attempted" | "blocked" | "timeout" | "out_of_memory"
  | "crashed" | "build_failed" | "invalid_output" | "forbidden" | "grader_error";

export interface Remark { label: string; text: string; own?: boolean }
export interface Case { id: string; verdict: Verdict; expected: string; got: string; detail: string }

interface PictureHead { array: string; title: string; unit?: string; note?: string; case: string }

/** Where two arrays are farthest apart, and how many values differ. */
export interface Worst { index: number[]; expected: string; got: string; different: number; of: number }

/** Values packed into base64: 8 bits each in images, 16 bits in maps and curves. */
export interface Slice { label: string; expected: string; got: string; before?: string }

export interface Planes extends PictureHead {
  kind: "image" | "map" | "curve";
  shape: number[];
  rows: number;
  columns: number;
  channels: number;
  /** Every so many-th value is here. */
  step: number;
  low: number;
  high: number;
  slices: Slice[];
  slices_left_out: number;
  worst: Worst;
}

/** How a voxel's place becomes a pixel, and which pixels show the object. */
export interface SilhouetteView { rows: number; columns: number; step: number; pixels: string; projection: number[] }

export interface Voxels extends PictureHead {
  kind: "voxels";
  /** In both answers, in the expected one only, in the student's only. */
  counts: [number, number, number];
  only: [string, string];
  shown: number;
  low: [number, number, number];
  longest: number;
  side: number;
  places: string;
  memberships: string;
  view?: SilhouetteView;
}

/** The box that is due and the student's: lower and upper ends along x, y and z; points lie in them. */
export interface Box extends PictureHead {
  kind: "box";
  expected: number[];
  got: number[];
  low: number;
  high: number;
  points: string;
  shown: number;
  of: number;
}

export type Picture = Planes | Voxels | Box;

export interface Check {
  id: string;
  title: string;
  section: string;
  link: string;
  verdict: Verdict;
  sentence: string;
  points: number;
  max: number;
  decided: boolean;
  extra: boolean;
  hidden: boolean;
  remarks: Remark[];
  on_points: string[];
  mistakes: { name: string; label: string; text: string }[];
  hint: string;
  /** Of the student's: what the check is about. */
  file: string;
  functions: string[];
  cases: Case[];
  pictures: Picture[];
}

export interface Diagnostic { place: string; severity: string; message: string }

export interface Part {
  part: string;
  title: string;
  points: number;
  max: number;
  extra: number;
  diagnostics: Diagnostic[];
  diagnostics_left_out: number;
  checks: Check[];
}

export interface Report {
  submission: string;
  staff: boolean;
  refused: string;
  notes: string[];
  points: number;
  max: number;
  extra: number;
  open: string[];
  box: string;
  wall_ms: number;
  pictures_left_out: number;
  parts: Part[];
}

export interface Student { name: string; id?: string; email?: string; section?: string }

export interface Submission {
  name: string;
  /** All points, extra credit too. */
  score: number;
  max: number;
  extra?: number;
  parts: { part: string; points: number; max_points: number; extra?: number }[];
  verdicts: Partial<Record<Verdict, number>>;
  strip: string;
  mistakes: string[];
  grader_error: boolean;
  results: string;
  refused?: string;
  /** What a person should look at. */
  flags?: { kind: string; text: string }[];
  hand_in?: {
    called?: string; disguised?: boolean; late?: boolean; at?: string; attempts?: number; students?: Student[];
  };
}

export interface ClassCheck {
  id: string;
  part: string;
  title: string;
  max_points: number;
  judged: number;
  pass_rate: number | null;
  mean_points: number | null;
  verdicts: Partial<Record<Verdict, number>>;
}

export interface Class {
  class: {
    run: { run?: string; box_level?: string; left_out?: { entry: string; why: string }[] };
    submissions: Submission[];
    checks: ClassCheck[];
    mistakes: { name: string; count: number; submissions: string[] }[];
  };
  links: Record<string, string>;
}

/** The data of this page: an inert block beside the scripts. */
export function pageData<T>(): T {
  return JSON.parse(document.getElementById("data")!.textContent!) as T;
}
