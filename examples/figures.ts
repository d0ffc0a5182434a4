/**
 * The figures of docs/paper.md, computed quickly: the picture of one goes to standard output, what it claims to standard
 * error (Koubbi, Geshkovski, Rigollet, Homogenized Transformers, arXiv:2604.01978).
 *
 * Runs under a minute: npm run -s build && node dist/examples/figures.js 1 > figure-1.svg
 * The same with data and caption in a directory: npx commonnoise figure 1 --quick --out out/figure-1
 */
import { pathToFileURL } from "node:url";
import { figure1 } from "../src/paper/figures/figure-1.js";
import { figure2 } from "../src/paper/figures/figure-2.js";
import { figure3 } from "../src/paper/figures/figure-3.js";
import { figure4 } from "../src/paper/figures/figure-4.js";

const figures = [figure1, figure2, figure3, figure4];

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const number = Number(process.argv[2] ?? 1);
  const figure = figures[number - 1]("quick", "paper");
  for (const { claim, value, verdict } of figure.claims) console.error(`${verdict}: ${claim}: ${value}`);
  console.log(figure.svg);
}
