import { cos, sin } from "../numerics/sine-cosine.js";
import { normalize } from "../sphere/retract.js";
import type { Stream } from "../types.js";

/**
 * [count,d] directions to project on. With a stream: independent and uniform on the sphere, a function of (stream, path).
 * Without: deterministic and equally spread over half the sphere (a direction and its opposite see the same), on the
 * circle at equal angles, for d = 3 on a spherical Fibonacci spiral; other dimensions need a stream (RangeError).
 */
export function projections(dimension: number, count: number, stream?: Stream, path = 0): Float64Array {
  const out = new Float64Array(count * dimension);
  if (stream) {
    stream.normals(path, 0, out);
    normalize(out, dimension);
    return out;
  }
  if (dimension !== 2 && dimension !== 3)
    throw new RangeError(`projections: dimension ${dimension} needs a stream; without one want 2 or 3`);
  const golden = (1 + Math.sqrt(5)) / 2;
  for (let k = 0; k < count; k++) {
    if (dimension === 2) {
      const angle = (Math.PI * (k + 0.5)) / count;
      out.set([cos(angle), sin(angle)], 2 * k);
    } else {
      const z = (k + 0.5) / count;
      const r = Math.sqrt(1 - z * z);
      const angle = 2 * Math.PI * (k / golden);
      out.set([r * cos(angle), r * sin(angle), z], 3 * k);
    }
  }
  return out;
}
