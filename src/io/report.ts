import { escapeText, type Svg } from "../plots/svg.js";
import { shortNumber } from "../plots/text.js";
import { type Json, stableJson } from "./json.js";
import type { Environment, Manifest } from "./manifest.js";
import { reportStyle } from "./report-style.js";

export interface ReportTable {
  readonly kind: "table";
  readonly caption?: string;
  readonly columns: readonly string[];
  /** Numbers are written with `digits` significant digits (default 4) and aligned to the right. */
  readonly rows: readonly (readonly (string | number)[])[];
  readonly digits?: number;
}

export interface ReportFigure {
  readonly kind: "figure";
  readonly svg: Svg;
  readonly caption: string;
}

export interface ReportText {
  readonly kind: "text";
  readonly heading?: string;
  readonly text: string;
}

export interface Report {
  readonly title: string;
  /** One paragraph on top: what was done and what came out. */
  readonly summary: string;
  readonly parts: readonly (ReportTable | ReportFigure | ReportText)[];
  readonly manifest: Manifest;
  readonly environment?: Environment;
}

/**
 * One HTML file with everything in it: no scripts, nothing loaded from elsewhere, readable on a phone and on paper.
 * All texts are plain text and are escaped; blank lines in them separate paragraphs.
 */
export function report({ title, summary, parts, manifest, environment }: Report): string {
  const { config, ...rest } = manifest;
  const facts: Json = environment ? { ...rest, environment } : rest;
  let tables = 0;
  let figures = 0;
  const body = parts.map((part) => {
    if (part.kind === "table") return tableHtml(part, ++tables);
    if (part.kind === "figure") return figureHtml(part, ++figures);
    return (part.heading ? `<h2>${escapeText(part.heading)}</h2>\n` : "") + paragraphs(part.text);
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>
${reportStyle}</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<div class="summary">
${paragraphs(summary)}
</div>
${body.join("\n")}
<h2>To run it again</h2>
<details><summary>Configuration</summary>
<pre>${escapeText(stableJson(config))}</pre>
</details>
<details><summary>Manifest</summary>
<pre>${escapeText(stableJson(facts))}</pre>
</details>
</main>
</body>
</html>
`;
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeText(paragraph.trim())}</p>`)
    .join("\n");
}

function tableHtml({ caption, columns, rows, digits = 4 }: ReportTable, number: number): string {
  rows.forEach((row, i) => {
    if (row.length !== columns.length)
      throw new RangeError(`table ${number}, row ${i}: ${row.length} cells for ${columns.length} columns`);
  });
  const numeric = columns.map((_, c) => rows.length > 0 && rows.every((row) => typeof row[c] === "number"));
  const mark = (c: number) => (numeric[c] ? ' class="number"' : "");
  const cell = (value: string | number, r: number, c: number) => {
    if (typeof value === "number" && !Number.isFinite(value))
      throw new RangeError(`table ${number}, row ${r}, "${columns[c]}": ${value} is not finite`);
    const text = typeof value === "number" ? numberText(value, digits) : value;
    return `<td${mark(c)}>${escapeText(text)}</td>`;
  };
  const head = columns.map((name, c) => `<th scope="col"${mark(c)}>${escapeText(name)}</th>`).join("");
  const body = rows
    .map((row, r) => `<tr>${row.map((value, c) => cell(value, r, c)).join("")}</tr>`)
    .join("\n");
  const title = caption ? `<caption><b>Table ${number}.</b> ${escapeText(caption)}</caption>\n` : "";
  return `<div class="table"><table>\n${title}<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

/** Whole numbers as they are, others with so many significant digits. */
function numberText(value: number, digits: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e9
    ? String(value).replace("-", "−")
    : shortNumber(value, digits);
}

function figureHtml({ svg, caption }: ReportFigure, number: number): string {
  if (!svg.startsWith("<svg "))
    throw new RangeError(`figure ${number}: want a picture that starts with <svg`);
  const words = escapeText(caption);
  return `<figure>\n${svg}\n<figcaption><b>Figure ${number}.</b> ${words}</figcaption>\n</figure>`;
}
