import { Rows } from "./fourier";

/** What a spherical transform knows of its grid: numbers, and where its arrays lie. Laid out as src/spectral/kernels/sphere-simd.ts writes it. */
@unmanaged
export class Plan {
  /** Of the table; a transform may have any degree up to it. */
  degree: i32;
  /** Of latitudes mirrored at the equator, even, and in blocks of four. */
  pairs: i32;
  blocks: i32;
  longitudes: i32;
  /** [4 blocks] x, and the weights of sums even and odd in x. */
  nodes: usize;
  evenWeights: usize;
  oddWeights: usize;
  epsilon: usize;
  /** Per order and block the first row of the table that is there. */
  first: usize;
  table: usize;
  twiddles: usize;
  /** [fields, (degree+1)^2] */
  coefficients: usize;
  /** [fields, (degree+1)(degree+6)/2, 2]: order by order, cosine and sine. */
  packed: usize;
  /** [2 pairs, longitudes, fields], of some pairs: northern latitudes before southern. */
  values: usize;
  /** Coefficients or sums of one order. */
  sums: usize;
  /** [fields, orders, blocks, 4, 4]: even and odd in x, cosine and sine, latitude. */
  rings: usize;
  ringsOfOrder: usize;
  ringsOfField: usize;
  /** Two spectra. */
  x: usize;
  y: usize;
  /** A ring of zeros. */
  none: usize;
  rows: Rows;
}
