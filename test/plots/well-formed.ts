/** Throws unless `markup` is one well-formed XML element without entities beyond the four that are used here. */
export function checkWellFormed(markup: string): void {
  const tag = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)\s*(\/?)>/y;
  const text = /[^<&]*(?:&(?:amp|lt|gt|quot);[^<&]*)*/y;
  const open: string[] = [];
  let at = 0;
  let roots = 0;
  while (at < markup.length) {
    tag.lastIndex = at;
    const found = tag.exec(markup);
    if (!found) throw new Error(`no tag at ${at}: ${markup.slice(at, at + 60)}`);
    const [whole, closing, name, attributes, empty] = found;
    const keys = [...attributes.matchAll(/([\w:-]+)="/g)].map((match) => match[1]);
    if (new Set(keys).size !== keys.length) throw new Error(`an attribute twice: ${whole}`);
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
    } else {
      if (open.length === 0) roots++;
      if (!empty) open.push(name);
    }
    at += whole.length;
    text.lastIndex = at;
    const between = text.exec(markup)?.[0] ?? "";
    if (open.length === 0 && between.trim() !== "") throw new Error(`text outside the root: ${between}`);
    at += between.length;
  }
  if (open.length > 0 || roots !== 1) throw new Error(`${roots} roots, ${open.length} left open`);
}
