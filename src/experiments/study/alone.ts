import { Stopped } from "../../../solvers/simulate.js";

/** A run for a clock to time: one that ends early, by itself or by an interrupt, is no failure of the study. */
export const alone =
  (run: (level: number, path: number) => void) =>
  (level: number, path: number): void => {
    try {
      run(level, path);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  };
