import { butterfly3, butterfly4, NUMBER, TWIDDLES } from "./fourier";
import { Plan } from "./sphere-plan";

/*
 * Between rings and spectra: the operations of src/spectral/kernels/ring-spectrum.ts, on two pairs of latitudes at a time.
 * On the way to the rows the spectrum is never written down: the first pass of the inverse transform takes it from the rings.
 */

/** From the even cosines of a ring to its even sines, its odd cosines and its odd sines. */
const SINES: usize = 32;
const ODD: usize = 64;
const ODD_SINES: usize = 96;

/** The ring of order k, or zeros beyond the degree. */
// @ts-ignore: decorator
@inline
function ringOf(plan: Plan, rings: usize, degree: i32, k: i32): usize {
  return k > degree ? plan.none : rings + <usize>k * plan.ringsOfOrder;
}

// @ts-ignore: decorator
@inline
function northC(g: usize): v128 {
  return f64x2.add(v128.load(g), v128.load(g, ODD));
}

// @ts-ignore: decorator
@inline
function southC(g: usize): v128 {
  return f64x2.sub(v128.load(g), v128.load(g, ODD));
}

// @ts-ignore: decorator
@inline
function northS(g: usize): v128 {
  return f64x2.add(v128.load(g, SINES), v128.load(g, ODD_SINES));
}

// @ts-ignore: decorator
@inline
function southS(g: usize): v128 {
  return f64x2.sub(v128.load(g, SINES), v128.load(g, ODD_SINES));
}

/** The first pass of the inverse transform to y, from the rings of two pairs of latitudes. */
export function fromRings(plan: Plan, rings: usize, degree: i32, y: usize): void {
  if (plan.longitudes % 3 === 0) fromRings3(plan, rings, degree, y);
  else fromRings4(plan, rings, degree, y);
}

/** Radix 3 takes the spectrum at p, third + p and -(third - p): the first and the last from one ring each, with the butterfly third - p. */
// prettier-ignore
function fromRings3(plan: Plan, rings: usize, degree: i32, y: usize): void {
  const third = plan.longitudes / 3, half = third >> 1, t = plan.twiddles;
  {
    const o = ringOf(plan, rings, degree, 0), g = ringOf(plan, rings, degree, third);
    const nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g);
    butterfly3(y, NUMBER, t, false, southC(o), northC(o),
      f64x2.sub(sc, ns), f64x2.add(nc, ss), f64x2.add(sc, ns), f64x2.sub(nc, ss));
  }
  for (let p = 1; p < half; p++) {
    const q = third - p;
    let g = ringOf(plan, rings, degree, p);
    let nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g);
    const par = f64x2.sub(sc, ns), pai = f64x2.add(nc, ss), qcr = f64x2.add(sc, ns), qci = f64x2.sub(nc, ss);
    g = ringOf(plan, rings, degree, third + p);
    nc = northC(g); sc = southC(g); ns = northS(g); ss = southS(g);
    const pbr = f64x2.sub(sc, ns), pbi = f64x2.add(nc, ss), qbr = f64x2.add(sc, ns), qbi = f64x2.sub(nc, ss);
    g = ringOf(plan, rings, degree, q);
    nc = northC(g); sc = southC(g); ns = northS(g); ss = southS(g);
    butterfly3(y + <usize>p * 3 * NUMBER, NUMBER, t + <usize>p * TWIDDLES, true, par, pai, pbr, pbi, f64x2.add(sc, ns), f64x2.sub(nc, ss));
    butterfly3(y + <usize>q * 3 * NUMBER, NUMBER, t + <usize>q * TWIDDLES, true, f64x2.sub(sc, ns), f64x2.add(nc, ss), qbr, qbi, qcr, qci);
  }
  {
    const g = ringOf(plan, rings, degree, half), o = ringOf(plan, rings, degree, third + half);
    const nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g);
    const onc = northC(o), osc = southC(o);
    butterfly3(y + <usize>half * 3 * NUMBER, NUMBER, t + <usize>half * TWIDDLES, true, f64x2.sub(sc, ns), f64x2.add(nc, ss),
      f64x2.add(osc, osc), f64x2.add(onc, onc), f64x2.add(sc, ns), f64x2.sub(nc, ss));
  }
}

/** Radix 4 takes it at p, quarter + p, -(2 quarter - p) and -(quarter - p), with the butterfly quarter - p. */
// prettier-ignore
function fromRings4(plan: Plan, rings: usize, degree: i32, y: usize): void {
  const quarter = plan.longitudes >> 2, half = quarter >> 1, t = plan.twiddles;
  {
    const o = ringOf(plan, rings, degree, 0), g = ringOf(plan, rings, degree, quarter), h = ringOf(plan, rings, degree, 2 * quarter);
    const nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g), hnc = northC(h), hsc = southC(h);
    butterfly4(y, NUMBER, t, false, southC(o), northC(o), f64x2.sub(sc, ns), f64x2.add(nc, ss),
      f64x2.add(hsc, hsc), f64x2.add(hnc, hnc), f64x2.add(sc, ns), f64x2.sub(nc, ss));
  }
  for (let p = 1; p < half; p++) {
    const q = quarter - p;
    let g = ringOf(plan, rings, degree, p);
    let nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g);
    const par = f64x2.sub(sc, ns), pai = f64x2.add(nc, ss), qdr = f64x2.add(sc, ns), qdi = f64x2.sub(nc, ss);
    g = ringOf(plan, rings, degree, quarter + p);
    nc = northC(g); sc = southC(g); ns = northS(g); ss = southS(g);
    const pbr = f64x2.sub(sc, ns), pbi = f64x2.add(nc, ss), qcr = f64x2.add(sc, ns), qci = f64x2.sub(nc, ss);
    g = ringOf(plan, rings, degree, quarter + q);
    nc = northC(g); sc = southC(g); ns = northS(g); ss = southS(g);
    const qbr = f64x2.sub(sc, ns), qbi = f64x2.add(nc, ss), pcr = f64x2.add(sc, ns), pci = f64x2.sub(nc, ss);
    g = ringOf(plan, rings, degree, q);
    nc = northC(g); sc = southC(g); ns = northS(g); ss = southS(g);
    butterfly4(y + <usize>p * 4 * NUMBER, NUMBER, t + <usize>p * TWIDDLES, true, par, pai, pbr, pbi, pcr, pci, f64x2.add(sc, ns), f64x2.sub(nc, ss));
    butterfly4(y + <usize>q * 4 * NUMBER, NUMBER, t + <usize>q * TWIDDLES, true, f64x2.sub(sc, ns), f64x2.add(nc, ss), qbr, qbi, qcr, qci, qdr, qdi);
  }
  {
    const g = ringOf(plan, rings, degree, half), h = ringOf(plan, rings, degree, quarter + half);
    const nc = northC(g), sc = southC(g), ns = northS(g), ss = southS(g);
    const hnc = northC(h), hsc = southC(h), hns = northS(h), hss = southS(h);
    butterfly4(y + <usize>half * 4 * NUMBER, NUMBER, t + <usize>half * TWIDDLES, true, f64x2.sub(sc, ns), f64x2.add(nc, ss),
      f64x2.sub(hsc, hns), f64x2.add(hnc, hss), f64x2.add(hsc, hns), f64x2.sub(hnc, hss), f64x2.add(sc, ns), f64x2.sub(nc, ss));
  }
}

/** Rings of two pairs of latitudes from the spectrum z of north + i south, weighted. */
export function toRings(plan: Plan, z: usize, degree: i32, rings: usize, even: v128, odd: v128): void {
  const length = plan.longitudes;
  let mirror = z;
  for (let k = 0; k <= degree; k++) {
    const ar = v128.load(z);
    const ai = v128.load(z, 16);
    const br = v128.load(mirror);
    const bi = v128.load(mirror, 16);
    const nc = f64x2.add(ar, br);
    const ns = f64x2.sub(bi, ai);
    const sc = f64x2.add(ai, bi);
    const ss = f64x2.sub(ar, br);
    v128.store(rings, f64x2.mul(f64x2.add(nc, sc), even));
    v128.store(rings, f64x2.mul(f64x2.add(ns, ss), even), SINES);
    v128.store(rings, f64x2.mul(f64x2.sub(nc, sc), odd), ODD);
    v128.store(rings, f64x2.mul(f64x2.sub(ns, ss), odd), ODD_SINES);
    z += NUMBER;
    mirror = k === 0 ? z + <usize>(length - 2) * NUMBER : mirror - NUMBER;
    rings += plan.ringsOfOrder;
  }
}

/** Rings that no latitude fills, but a block has. */
export function clearRings(plan: Plan, degree: i32, rings: usize): void {
  const zero = f64x2.splat(0);
  for (let k = 0; k <= degree; k++) {
    v128.store(rings, zero);
    v128.store(rings, zero, SINES);
    v128.store(rings, zero, ODD);
    v128.store(rings, zero, ODD_SINES);
    rings += plan.ringsOfOrder;
  }
}
