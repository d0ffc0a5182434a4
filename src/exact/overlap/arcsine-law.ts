import { asin } from "../../numerics/arcsine.js";

/** 1/2 + arcsin(R_0)/pi: P(R -> 1) wherever arcsin R is a martingale, and P(<g, x> <g, y> > 0) of a Gaussian g. */
export const arcsineLaw = (R: number): number => 0.5 + asin(R) / Math.PI;
