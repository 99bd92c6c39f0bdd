// Draws voxels with three.js. One renderer serves all pictures of a page: browsers allow few at a time.
import {
  AmbientLight, BoxGeometry, Color, DirectionalLight, InstancedMesh, Matrix4, MeshLambertMaterial, OrthographicCamera,
  Scene, Vector3, WebGLRenderer,
} from "three";
import type { Drawing, Pose, VoxelScene } from "./voxel_scene";

const colours = [0x9aa7b4, 0x0b6bb8, 0xe0660f];

let renderer: WebGLRenderer | null | undefined;

function sharedRenderer(): WebGLRenderer | null {
  if (renderer !== undefined) return renderer;
  try {
    renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  } catch {
    renderer = null;  // no 3-D here: the page says so and shows the numbers
  }
  return renderer;
}

function meshOf(data: VoxelScene, membership: number): InstancedMesh {
  const indices = [];
  for (let i = 0; i < data.memberships.length; i++) if (data.memberships[i] === membership) indices.push(i);
  const side = data.side * 0.94;
  const mesh = new InstancedMesh(new BoxGeometry(side, side, side),
    new MeshLambertMaterial({ color: colours[membership] }), indices.length);
  const matrix = new Matrix4();
  indices.forEach((i, place) => {
    mesh.setMatrixAt(place, matrix.makeTranslation(data.places[3 * i], data.places[3 * i + 1], data.places[3 * i + 2]));
  });
  mesh.frustumCulled = false;
  return mesh;
}

function placeCamera(camera: OrthographicCamera, data: VoxelScene, pose: Pose, aspect: number) {
  const half = (0.85 * data.longest) / pose.zoom;
  Object.assign(camera, { left: -half * aspect, right: half * aspect, top: half, bottom: -half, near: 0.01 * data.longest, far: 20 * data.longest });
  const flat = Math.cos(pose.tilt);
  camera.up = new Vector3(0, 0, 1);
  camera.position.set(flat * Math.cos(pose.turn), flat * Math.sin(pose.turn), Math.sin(pose.tilt)).multiplyScalar(5 * data.longest);
  camera.lookAt(0, 0, 0);
  camera.updateProjectionMatrix();
}

window.pset3Voxels = (data: VoxelScene): Drawing | null => {
  const shared = sharedRenderer();
  if (!shared) return null;
  const scene = new Scene();
  const light = new DirectionalLight(0xffffff, 2.2);
  scene.add(new AmbientLight(0xffffff, 1.4), light);
  const meshes = [0, 1, 2].map((membership) => meshOf(data, membership));
  scene.add(...meshes);
  const camera = new OrthographicCamera();
  return {
    draw(canvas, pose, shown, dark) {
      meshes.forEach((mesh, i) => { mesh.visible = shown[i]; });
      shared.setSize(canvas.width, canvas.height, false);
      scene.background = new Color(dark ? 0x15181b : 0xffffff);
      placeCamera(camera, data, pose, canvas.width / canvas.height);
      light.position.copy(camera.position).add(new Vector3(0, 0, 3 * data.longest));
      shared.render(scene, camera);
      canvas.getContext("2d")!.drawImage(shared.domElement, 0, 0);
    },
  };
};
