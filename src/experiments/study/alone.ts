import { Stopped } from "../../../solvers/simulate.js";

/**
 * A run for a clock to time, which says whether it came to its end. One that ends early, by itself or by an interrupt, is
 * no failure of the study.
 */
export const alone =
  (run: (level: number, path: number) => void) =>
  (level: number, path: number): boolean => {
    try {
      run(level, path);
      return true;
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return false;
    }
  };
