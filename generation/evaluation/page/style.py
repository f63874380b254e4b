"""How the page looks: dark as the reading room, wide tables scroll by themselves."""

STYLE = """
:root { color-scheme: dark; --network: #6fb1f5; --cases-cc: #f2b35e; --cases-mlo: #d59bf0;
  --real: #c9ced6; --good: #7fd6a0; --bad: #ff9d8a; }
* { box-sizing: border-box; }
body { margin: 0; background: #101214; color: #e4e6e9; font: 16px/1.55 system-ui, sans-serif; }
header, main { max-width: 1180px; margin: 0 auto; padding: 16px 20px; }
h1 { margin: 8px 0 0; font-size: 28px; }
h2 { margin: 36px 0 12px; padding-top: 16px; border-top: 1px solid #2c3138; font-size: 22px; }
h3 { margin: 24px 0 4px; font-size: 17px; }
p { max-width: 74ch; margin: 4px 0 12px; }
a { color: #8fc1e8; }
small { color: #a9b0b8; font-size: 13px; }
code { font-size: 14px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; list-style: none; }
.warning { color: var(--bad); }
.counts { display: flex; flex-wrap: wrap; gap: 12px; margin: 0 0 16px; padding: 0;
  list-style: none; }
.counts li { min-width: 130px; padding: 8px 16px; background: #191c20; border-radius: 6px;
  border-left: 5px solid #6b7280; }
.counts strong { display: block; font-size: 30px; line-height: 1.2; }
.counts .met { border-color: var(--good); }
.counts .missed { border-color: var(--bad); }
.outcome { display: inline-block; min-width: 88px; margin-left: 6px; font-weight: 600;
  white-space: nowrap; }
.outcome.met::before { content: "✓ "; }
.outcome.missed::before { content: "✗ "; }
.outcome.not-measured { color: #a9b0b8; }
.outcome.met { color: var(--good); }
.missed { color: var(--bad); }
.counts .missed { color: inherit; }
.scroll { max-width: 100%; overflow-x: auto; margin: 8px 0 16px; }
table { width: 100%; border-collapse: collapse; font-size: 14px;
  font-variant-numeric: tabular-nums; }
table.narrow { width: auto; }
caption { padding: 0 0 6px; color: #a9b0b8; text-align: left; }
th, td { padding: 5px 10px; border-bottom: 1px solid #2c3138; text-align: right;
  vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
thead th { color: #a9b0b8; font-weight: 600; }
tbody th { font-weight: 400; }
.beside td, .beside th { padding: 5px 7px; white-space: nowrap; }
table.plain tbody th, table.plain td:nth-child(2) { white-space: nowrap; }
.whole { white-space: nowrap; }
.beside { display: grid; grid-template-columns: minmax(320px, 1fr) minmax(320px, 1fr); gap: 24px;
  align-items: start; }
figure { margin: 0; }
svg { display: block; max-width: 100%; }
.beside figure > svg { width: 100%; background: #15181b; border-radius: 6px; }
svg text { fill: #c3c8cf; font: 13px system-ui, sans-serif; }
.grid { stroke: #262b31; }
.axis { stroke: #3a4049; }
.band { fill: #aab2bd; fill-opacity: 0.28; }
.curve { fill: none; stroke-width: 2.5; stroke: var(--real); }
.curve.network, .mark.network { stroke: var(--network); }
.curve.cases_cc, .mark.cases_cc { stroke: var(--cases-cc); }
.curve.cases_mlo, .mark.cases_mlo { stroke: var(--cases-mlo); }
.curve.cases_cc { stroke-dasharray: 9 4; }
.curve.cases_mlo { stroke-dasharray: 2.5 4; }
.curve.chance { stroke: #6b7280; stroke-width: 1.5; stroke-dasharray: 4 4; }
.mark { fill: #101214; stroke-width: 2.5; stroke: var(--real); }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 6px 0 0; padding: 0;
  list-style: none; font-size: 14px; }
.key li { display: flex; align-items: center; gap: 8px; }
.pair { display: flex; gap: 12px; margin: 0 0 16px; overflow-x: auto; align-items: flex-end; }
.picture { flex: none; }
.picture img { display: block; background: #000; }
figcaption { color: #a9b0b8; font-size: 13px; }
@media (max-width: 900px) { .beside { grid-template-columns: minmax(0, 1fr); } }
"""
