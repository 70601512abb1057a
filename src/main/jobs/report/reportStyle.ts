/**
 * The page's only style: neutral greys and one accent, light or dark as the reader's system is, and black on white on
 * paper. Nothing is fetched: fonts are the system's.
 */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f4f5f6; --ink: #1d1f23; --quiet: #5a616c; --line: #d5d9de; --accent: #0b7a66;
  --s0: #0b7a66; --s1: #1f5fbf; --s2: #b3261e; --s3: #8a5a00; --s4: #7a3fb0; --s5: #5a616c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16171a; --panel: #1d1f23; --ink: #e6e8ec; --quiet: #9aa1ad; --line: #33363d; --accent: #5cc8b0;
    --s0: #5cc8b0; --s1: #7fb3ff; --s2: #ff8a7a; --s3: #f2c14e; --s4: #c79bf2; --s5: #9aa1ad;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 32px 24px 64px; max-width: 1120px; background: var(--ground); color: var(--ink);
  font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 24px; line-height: 1.25; }
h2 { margin: 40px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 17px; }
h3 { margin: 20px 0 6px; font-size: 14px; }
p { margin: 6px 0; max-width: 80ch; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
.cards { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; padding: 0; list-style: none; }
.cards li { min-width: 132px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.cards b { display: block; font-size: 22px; line-height: 1.2; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 0 32px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
caption { padding-bottom: 4px; text-align: left; color: var(--quiet); white-space: nowrap; }
th, td { padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
th.number, td.number { text-align: right; white-space: nowrap; }
tr.mean td, tr.mean th { color: var(--ink); font-weight: 600; }
tr:not(.mean) + tr.mean > * { border-top: 2px solid var(--line); }
td.best { font-weight: 700; }
td.changed { font-weight: 600; }
code, pre { font-family: ui-monospace, monospace; font-size: 12.5px; }
pre { margin: 8px 0; padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
figure { margin: 12px 0 20px; }
figcaption { color: var(--quiet); }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); background: #ffffff; }
svg { display: block; width: 100%; max-width: 720px; height: auto; }
svg text { fill: var(--quiet); font-size: 11px; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .curve { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; padding: 0; list-style: none; }
.legend svg { display: inline-block; width: 18px; height: 10px; margin-right: 6px; }
.s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); }
.s3 { stroke: var(--s3); } .s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); }
.d1 { stroke-dasharray: 6 4; } .d2 { stroke-dasharray: 2 3; }
@media print {
  :root {
    --ground: #ffffff; --panel: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --accent: #000000;
    --s0: #0b7a66; --s1: #1f5fbf; --s2: #b3261e; --s3: #8a5a00; --s4: #7a3fb0; --s5: #5a616c;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; }
  figure, tr, .cards li { break-inside: avoid; }
  .wide { overflow: visible; }
}
`
