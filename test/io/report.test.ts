import { describe, expect, it } from "vitest";
import { environment, identity } from "../../src/io/manifest.js";
import { type Report, report } from "../../src/io/report.js";
import { chart } from "../../src/plots/chart.js";
import { checkWellFormed } from "../plots/well-formed.js";

const svg = chart({ x: {}, y: {}, marks: [{ kind: "line", x: [0, 1], y: [0, 1] }] });
const make = (parts: Report["parts"], title = "A <title> & more") =>
  report({
    title,
    summary: "First.\n\nSecond <b>.",
    parts,
    manifest: identity({ command: "run", config: { note: "</pre><script>" }, seed: "s" }),
    environment: environment(new Date(0)),
  });

/** The body is XML but for the head's void elements. */
const body = (html: string) => html.slice(html.indexOf("<main>"), html.indexOf("</main>") + 7);

describe("report", () => {
  const html = make([
    { kind: "text", heading: "Agreement", text: "Words." },
    {
      kind: "table",
      caption: "Errors & rates",
      columns: ["tokens n", "error", "method"],
      rows: [
        [64, 0.123456, "a<b"],
        [128, -0.0000456, "c"],
      ],
    },
    { kind: "figure", svg, caption: "Error against n." },
  ]);

  it("is one well-formed page with everything in it and nothing from elsewhere", () => {
    checkWellFormed(body(html));
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/<script|<link|@import|\bsrc=|url\(|href="(?!data:)/);
    expect(html).toContain('name="viewport"');
    expect(html).toContain("@media print");
    expect(html).toContain(svg);
  });

  it("writes numbers to be read, aligned, and texts as text", () => {
    expect(html).toContain('<td class="number">64</td><td class="number">0.1235</td><td>a&lt;b</td>');
    expect(html).toContain('<td class="number">−4.56×10⁻⁵</td>');
    expect(html).toContain("<b>Table 1.</b> Errors &amp; rates");
    expect(html).toContain("<b>Figure 1.</b> Error against n.");
    expect(html).toContain("<p>First.</p>\n<p>Second &lt;b&gt;.</p>");
  });

  it("folds away config and manifest, the environment beside them", () => {
    expect(html.match(/<details>/g)?.length).toBe(2);
    expect(html).toContain("&lt;/pre&gt;&lt;script&gt;");
    expect(html).toContain("1970-01-01T00:00:00.000Z");
  });

  it("refuses ragged rows, numbers that are not finite, and what is no picture", () => {
    expect(() => make([{ kind: "table", columns: ["a"], rows: [[1, 2]] }])).toThrow(
      "row 0: 2 cells for 1 columns",
    );
    expect(() => make([{ kind: "table", columns: ["a"], rows: [[NaN]] }])).toThrow('"a": NaN is not finite');
    expect(() => make([{ kind: "figure", svg: "<img>", caption: "" }])).toThrow("figure 1");
  });
});

describe("a hostile text", () => {
  const hostile = '<b>&"x"';
  const safe = "&lt;b&gt;&amp;&quot;x&quot;";
  const html = report({
    title: `title ${hostile}`,
    summary: `summary ${hostile}`,
    parts: [
      { kind: "text", heading: `heading ${hostile}`, text: `text ${hostile}` },
      {
        kind: "table",
        caption: `caption ${hostile}`,
        columns: [`column ${hostile}`],
        rows: [[`cell ${hostile}`]],
      },
      { kind: "figure", svg, caption: `words ${hostile}` },
    ],
    manifest: identity({ command: "run", config: { observe: ["<b>&x"] }, seed: hostile }),
  });

  /** The places where a text stands, by the pattern that leads to it. */
  const places = {
    title: "<title>title ",
    h1: "<h1>title ",
    summary: "<p>summary ",
    h2: "<h2>heading ",
    p: "<p>text ",
    caption: "</b> caption ",
    th: ">column ",
    td: ">cell ",
    figcaption: "</b> words ",
  };
  const escapedIn = (page: string, lead: string): boolean =>
    page.includes(lead + safe) && !page.includes(lead + hostile);
  const preSafe = (page: string): boolean => !/<b>&/.test(page.slice(page.indexOf("<pre>")));

  it("is escaped everywhere", () => {
    for (const lead of Object.values(places)) expect(escapedIn(html, lead), lead).toBe(true);
    expect(html.match(/<pre>/g)).toHaveLength(2);
    expect(preSafe(html)).toBe(true);
    // JSON puts a backslash before the quotes.
    expect(html).toContain("&quot;&lt;b&gt;&amp;x&quot;");
    expect(html).toContain("&quot;seed&quot;: &quot;&lt;b&gt;&amp;\\&quot;x\\&quot;&quot;");
    checkWellFormed(body(html));
  });

  it.each(Object.entries(places))("would be found without escaping in %s", (_, lead) => {
    const broken = html.replace(lead + safe, lead + hostile);
    expect(broken).not.toBe(html);
    expect(escapedIn(broken, lead)).toBe(false);
  });

  it("would be found without escaping in pre", () => {
    for (const text of ["&quot;&lt;b&gt;&amp;x&quot;", "&lt;b&gt;&amp;\\"]) {
      const broken = html.replace(text, text.replace("&lt;b&gt;&amp;", "<b>&"));
      expect(broken).not.toBe(html);
      expect(preSafe(broken)).toBe(false);
    }
  });
});
