import { refuse } from "../config/contract/config-error.js";

/** Throws the ConfigError of the first of a key's numbers that does not rise above the one before it. */
export function checkRising(path: string, numbers: readonly number[]): void {
  numbers.forEach((number, i) => {
    if (i > 0 && number <= numbers[i - 1]) {
      refuse(`${path}[${i}]`, `${number} does not rise above ${numbers[i - 1]} before it`);
    }
  });
}
