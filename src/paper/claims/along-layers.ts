import { noiseless } from "../../../solvers/noiseless.js";
import type { Evolution, Observable } from "../../types.js";

export interface LayerRecords {
  readonly layers: number;
  /** Layers between records. */
  readonly every: number;
  readonly observe: Observable;
  readonly onLayer?: () => void;
}

/** Runs path number `path` of a transformer: the observable at the start and after every `every` layers. */
export function alongLayers(
  transformer: Evolution,
  path: number,
  { layers, every, observe, onLayer }: LayerRecords,
): Float64Array {
  const records = new Float64Array(Math.floor(layers / every) + 1);
  transformer.reset(path);
  records[0] = observe(transformer.law);
  for (let step = 0; step < layers; step++) {
    transformer.advance(noiseless(path, step));
    if ((step + 1) % every === 0) records[(step + 1) / every] = observe(transformer.law);
    onLayer?.();
  }
  return records;
}
