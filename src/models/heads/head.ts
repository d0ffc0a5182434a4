import type { HeadLaw } from "./law.js";
import type { Perceptron } from "./perceptron.js";

/** One head theta: V[d,d], A[d,d], and its perceptron block if the law has one. */
export interface Head {
  readonly V: Float64Array;
  readonly A: Float64Array;
  readonly perceptron?: Perceptron;
}

/** Room for one head of the law. */
export function blankHead({ dimension: d, perceptron }: HeadLaw): Head {
  const head = { V: new Float64Array(d * d), A: new Float64Array(d * d) };
  if (!perceptron) return head;
  const { width, activation } = perceptron;
  return {
    ...head,
    perceptron: {
      W2: new Float64Array(d * width),
      W1: new Float64Array(width * d),
      b: new Float64Array(width),
      activation,
    },
  };
}

/** Overwrites `into` with the law's head (path, layer, index). */
export function sampleHead(law: HeadLaw, path: number, layer: number, index: number, into: Head): void {
  law.sample(path, layer, index, into.V, into.A);
  const block = into.perceptron;
  if (block) law.perceptron?.sample(path, layer, index, block.W2, block.W1, block.b);
}

/** Layers are numbered from zero by a transformer; sets of atoms count down from here and do not meet them. */
const LAST_LAYER = 2 ** 32 - 1;

/**
 * `count` independent heads: the Monte Carlo discretization of the law, fixed for a whole run. `draw` numbers
 * independent sets; all are independent of the layers of every transformer made from the same law.
 */
export function drawHeads(law: HeadLaw, count: number, draw = 0): Head[] {
  return Array.from({ length: count }, (_, m) => {
    const head = blankHead(law);
    sampleHead(law, 0, LAST_LAYER - draw, m, head);
    return head;
  });
}

/**
 * A rule that draws `count` new heads of the law every step, for a model that is right in law only. It overwrites the heads
 * it gave before. They are independent of the transformer's layers and of the first set of `drawHeads`.
 */
export function freshHeads(
  law: HeadLaw,
  count: number,
): { readonly count: number; redraw(path: number, step: number): readonly Head[] } {
  const heads = Array.from({ length: count }, () => blankHead(law));
  return {
    count,
    redraw(path, step) {
      heads.forEach((head, m) => sampleHead(law, path, LAST_LAYER - 1 - step, m, head));
      return heads;
    },
  };
}
