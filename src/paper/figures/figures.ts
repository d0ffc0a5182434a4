import { figure1 } from "./figure-1.js";
import { figure2 } from "./figure-2.js";
import { figure3 } from "./figure-3.js";
import { figure4 } from "./figure-4.js";
import type { FigureMaker } from "./figure.js";

/** The figures of docs/paper.md and docs/paper-weak-error.md, by number. */
export const FIGURES: Readonly<Record<string, FigureMaker>> = {
  "1": figure1,
  "2": figure2,
  "3": figure3,
  "4": figure4,
};
