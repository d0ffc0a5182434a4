/** Text between the fences of ``` blocks, by language. */
const FENCE = /^( *)```([^\n]*)\n([\s\S]*?)^\1```/gm;

/** What a reader sees of a Markdown text as prose: no code, no figures, no addresses. */
const prose = (markdown: string): string =>
  markdown
    .replace(FENCE, "")
    .replace(/`[^`\n]*`/g, "")
    .replace(/\]\([^)]*\)/g, "]");

/** The bodies of its ```math blocks. */
export const blocks = (markdown: string): string[] =>
  [...markdown.matchAll(FENCE)]
    .filter(([, , language]) => language === "math")
    .map(([, , , body]) => body.replace(/^ +/gm, "").trim());

/** The bodies of its $…$. */
export const inline = (markdown: string): string[] =>
  [...prose(markdown).matchAll(/\$([^$]+)\$/g)].map(([, body]) => body);

export const formulas = (markdown: string): string[] => [...blocks(markdown), ...inline(markdown)];

/** What is wrong with a formula: its braces, emphasis that a formatter left in it, what is no LaTeX. */
export function faults(formula: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const c of formula.replace(/\\[{}]/g, "")) {
    depth += c === "{" ? 1 : c === "}" ? -1 : 0;
    if (depth < 0) break;
  }
  if (depth !== 0) found.push("braces do not balance");
  if (/\*/.test(formula)) found.push("an asterisk, where a subscript was");
  if (/[^\x20-\x7e\n]/.test(formula)) found.push("a character that LaTeX has a name for");
  if (/\n\s*\n/.test(formula)) found.push("an empty line");
  return found;
}

/** What Markdown may take for an escape or a tag in $…$, before it is a formula; blocks of ```math are safe. */
export const eaten = (formula: string): string[] =>
  [...formula.matchAll(/\\[,;!{}|\\]|[<>]/g)].map(([m]) => m);

/** Lines of prose whose underscores or asterisks are neither emphasis nor in a formula: Markdown may take them for it. */
export const unprotected = (markdown: string): string[] =>
  prose(markdown)
    .replace(/\$[^$]+\$/g, "")
    .replace(/\*\*[^*]+\*\*/g, "")
    .replace(/(?<![^\s([|])_[^_\s](?:[^_]*[^_\s])?_(?![^\s.,;:!?)\]|])/g, "")
    .split("\n")
    .filter((line) => /[_*]/.test(line));

/** How many $ stand outside code: an odd number leaves one formula open. */
export const dollars = (markdown: string): number => prose(markdown).split("$").length - 1;
