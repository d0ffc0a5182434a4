/** The look of a report: one column, generous lines, tables that scroll on their own, pages that break between parts. */
export const reportStyle = `:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 17px/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; -webkit-text-size-adjust: 100%; }
main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
p { margin: .6rem 0; max-width: 42rem; overflow-wrap: break-word; }
.summary { border-left: 3px solid #0072b2; padding-left: 1rem; margin: 1.25rem 0 2rem; }
figure { margin: 2rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption, caption { font-size: .9rem; line-height: 1.45; color: #333; text-align: left; }
figcaption { margin-top: .6rem; max-width: 42rem; }
caption { padding-bottom: .5rem; }
.table { overflow-x: auto; margin: 2rem 0; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; border-bottom: 1.5px solid #1a1a1a; }
thead { border-top: 1.5px solid #1a1a1a; border-bottom: 1px solid #1a1a1a; }
th, td { padding: .3rem 1.4rem .3rem 0; text-align: left; vertical-align: baseline; white-space: nowrap; }
td:first-child { white-space: normal; min-width: 14rem; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr + tr { border-top: 1px solid #e4e4e4; }
.number { text-align: right; }
details { margin: .75rem 0; }
details > summary { cursor: pointer; }
pre { overflow-x: auto; background: #f6f6f6; padding: .8rem 1rem; font: 13px/1.5 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
@media (max-width: 40rem) {
  body { font-size: 16px; }
  main { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  figure { overflow-x: auto; }
  figure svg { min-width: 28rem; }
  figcaption { position: sticky; left: 0; }
}
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  figure, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre { white-space: pre-wrap; background: none; border: 1px solid #ccc; }
}
`;
