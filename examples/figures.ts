/**
 * The figures of docs/paper.md, computed quickly: the picture of one goes to standard output, what it claims to standard
 * error (Koubbi, Geshkovski, Rigollet, Homogenized Transformers, arXiv:2604.01978).
 *
 * Runs under a minute: npm run -s build && node dist/examples/figures.js 1 > figure-1.svg
 * The same with data and caption in a directory: npx commonnoise figure 1 --quick --out out/figure-1
 */
import { pathToFileURL } from "node:url";
import { drawn } from "../src/paper/figures/figure.js";
import { FIGURES } from "../src/paper/figures/figures.js";

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const figure = drawn(FIGURES[process.argv[2] ?? "1"]("quick", "paper"));
  for (const { claim, value, verdict } of figure.claims) console.error(`${verdict}: ${claim}: ${value}`);
  console.log(figure.svg);
}
