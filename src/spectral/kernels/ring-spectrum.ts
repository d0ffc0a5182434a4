/*
 * Between the rings of a spherical transform (latitude-sums.ts) and Fourier series in longitude. Both latitudes of pair j ride
 * one transform as north + i south, where north is even + odd and south even - odd. An order may reach half of the longitudes
 * or pass it: what the nodes cannot tell apart is then summed as it is.
 */

/** The ring of order m and pair j, in blocks of four pairs: even cosines from here, 4, 8 and 12 on even sines, odd cosines, odd sines. */
const ringAt = (blocks: number, m: number, j: number): number => 16 * (m * blocks + (j >> 2)) + (j & 3);

/** The spectrum of north + i south of pair j; the transform runs backwards by swapping (re, im). */
export function ringsToSpectrum(
  rings: Float64Array,
  degree: number,
  blocks: number,
  j: number,
  longitudes: number,
  spectrum: Float64Array,
): void {
  spectrum.fill(0);
  for (let m = 0; m <= degree; m++) {
    const ring = ringAt(blocks, m, j);
    const northC = rings[ring] + rings[ring + 8];
    const northS = rings[ring + 4] + rings[ring + 12];
    const southC = rings[ring] - rings[ring + 8];
    const southS = rings[ring + 4] - rings[ring + 12];
    const mirror = 2 * (longitudes - m);
    if (m === 0) {
      spectrum[0] = southC;
      spectrum[1] = northC;
    } else if (mirror === 2 * m) {
      spectrum[mirror] = southC + southC;
      spectrum[mirror + 1] = northC + northC;
    } else {
      spectrum[2 * m] = southC - northS;
      spectrum[2 * m + 1] = northC + southS;
      spectrum[mirror] = southC + northS;
      spectrum[mirror + 1] = northC - southS;
    }
  }
}

/** The way back: sums of value * cos and value * sin over either latitude of pair j, then their even and odd parts, weighted. */
export function spectrumToRings(
  spectrum: Float64Array,
  degree: number,
  blocks: number,
  j: number,
  longitudes: number,
  evenWeight: number,
  oddWeight: number,
  rings: Float64Array,
): void {
  for (let m = 0; m <= degree; m++) {
    const mirror = m === 0 ? 0 : 2 * (longitudes - m);
    const northC = spectrum[2 * m] + spectrum[mirror];
    const northS = spectrum[mirror + 1] - spectrum[2 * m + 1];
    const southC = spectrum[2 * m + 1] + spectrum[mirror + 1];
    const southS = spectrum[2 * m] - spectrum[mirror];
    const ring = ringAt(blocks, m, j);
    rings[ring] = (northC + southC) * evenWeight;
    rings[ring + 4] = (northS + southS) * evenWeight;
    rings[ring + 8] = (northC - southC) * oddWeight;
    rings[ring + 12] = (northS - southS) * oddWeight;
  }
}

/** The rings of a pair that a block has, but no latitudes fill. */
export function clearRings(rings: Float64Array, degree: number, blocks: number, j: number): void {
  for (let m = 0; m <= degree; m++)
    for (let part = 0; part < 16; part += 4) rings[ringAt(blocks, m, j) + part] = 0;
}
