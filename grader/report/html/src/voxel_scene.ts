// What the report's script and the one with the 3-D library say to each other.

export interface VoxelScene {
  /** x, y, z of each voxel, about the middle of all. */
  places: Float32Array;
  /** 0 in both answers, 1 in the expected one only, 2 in the student's only. */
  memberships: Uint8Array;
  side: number;
  longest: number;
}

export interface Pose { turn: number; tilt: number; zoom: number }

export interface Drawing {
  /** Draws into a canvas of any size. */
  draw(canvas: HTMLCanvasElement, pose: Pose, shown: [boolean, boolean, boolean], dark: boolean): void;
}

declare global {
  interface Window { pset3Voxels?: (scene: VoxelScene) => Drawing | null }
}
