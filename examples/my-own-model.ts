/**
 * A model of one's own, its study of the strong order and the figure of it, in fifteen lines.
 *
 * Tokens on the sphere drift to the north pole, are turned about it by one common Brownian motion and pushed along the
 * first axis by another. The two fields do not commute, so Milstein's method needs the Lévy area and is given it (both
 * found out by differences). It is judged by an independent scheme, the log-ODE flow on finer steps of the same path.
 *
 * Runs in a few seconds: npm run -s build && node dist/examples/my-own-model.js > figure.svg
 */
import { pathToFileURL } from "node:url";
import {
  convergencePlot,
  defineModel,
  logOde,
  milstein,
  pathNoise,
  pathwise,
  type Scheme,
} from "commonnoise";
import { stream, studyStrong, uniformLaw } from "commonnoise";

export function myOwnModel(paths: number, levels: readonly number[]) {
  const model = defineModel({
    name: "my own",
    dimension: 3,
    drift: (_x, out) => (out[2] = 1),
    noise: [([x = 0, y = 0], out) => out.set([-y, x, 0]), ([, , z = 0], out) => (out[0] = z)],
  });
  const initial = uniformLaw(3).sample(8, stream("my own", "initial"), 0);
  const noise = pathNoise({ seed: "my own", channels: 2, horizon: 0.25, steps: 512 });
  const solve = (scheme: Scheme) => pathwise({ model, scheme, initial, noise });
  const reference = { kind: "independent", name: "log-ODE", steps: 512, solve: solve(logOde) } as const;
  const method = { scheme: "Milstein", solve: solve(milstein) };
  const study = studyStrong({ ...method, levels, paths, dimension: 3, reference });
  return { study, figure: convergencePlot(study) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(myOwnModel(200, [8, 16, 32, 64]).figure);
}
