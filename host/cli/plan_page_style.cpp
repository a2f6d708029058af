// SPDX-License-Identifier: MIT
#include "host/cli/plan_page_style.hpp"

namespace host::cli {

// Each colour that text has, and each that it stands on, is a variable: a test measures the
// contrast of every pair that comes together here, 4.5 to 1 at least.
std::string_view plan_page_style() {
  return R"(:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --sunken: #f4f2ed; --rule: #dedad1;
  --ink: #23262b; --quiet: #595e66; --link: #0a558c;
  --keyword: #0a558c; --string: #23693f; --comment: #656a72;
  --none: #595e66; --none-back: #eeece6;
  --low: #23693f; --low-back: #e5f2e9;
  --medium: #7a5000; --medium-back: #fbf0d5;
  --high: #98400b; --high-back: #fde9dc;
  --critical: #a1173c; --critical-back: #fde6ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --card: #1c1f24; --sunken: #16181c; --rule: #343941;
    --ink: #e4e2dd; --quiet: #a9aeb7; --link: #8fc3f2;
    --keyword: #8fc3f2; --string: #93d6a8; --comment: #9ea4ad;
    --none: #a9aeb7; --none-back: #292d33;
    --low: #93d6a8; --low-back: #1a3022;
    --medium: #eec67a; --medium-back: #352a12;
    --high: #ffb68f; --high-back: #3c2417;
    --critical: #ffa3b5; --critical-back: #42192a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 54rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, ol, dl, dd, pre { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; line-height: 1.35; font-weight: 650; }
h3 {
  margin: 1.5rem 0 0.5rem; font-size: 0.8rem; font-weight: 650; color: var(--quiet);
  letter-spacing: 0.06em; text-transform: uppercase;
}
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
code { font-size: 0.9em; }
pre {
  padding: 0.8rem 1rem; border-radius: 6px; background: var(--sunken);
  font-size: 0.85rem; line-height: 1.55; white-space: pre-wrap; tab-size: 4;
}
mark { padding: 0 0.15em; border-radius: 3px; background: var(--critical-back); color: var(--critical); }
.kw { color: var(--keyword); font-weight: 600; }
.str { color: var(--string); }
.com { color: var(--comment); font-style: italic; }
.eyebrow { margin-bottom: 0.35rem; font-size: 0.9rem; color: var(--quiet); }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.75rem; }
.risk {
  display: inline-block; padding: 0.1em 0.6em; border-radius: 1em; border: 1px solid currentColor;
  font-size: 0.75rem; font-weight: 650; letter-spacing: 0.04em; text-transform: uppercase;
  white-space: nowrap;
}
.none { color: var(--none); background: var(--none-back); }
.low { color: var(--low); background: var(--low-back); }
.medium { color: var(--medium); background: var(--medium-back); }
.high { color: var(--high); background: var(--high-back); }
.critical { color: var(--critical); background: var(--critical-back); }
.verdict { margin: 1.25rem 0 0; padding: 0.75rem 1rem; border-radius: 6px; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.25rem; margin-top: 1.25rem; }
dl.facts dt { color: var(--quiet); }
.census { margin-top: 1.75rem; font-size: 0.9rem; color: var(--quiet); }
.contents { margin-top: 0.4rem; padding: 0; list-style: none; border-top: 1px solid var(--rule); }
.contents li {
  display: flex; justify-content: space-between; align-items: baseline; gap: 1rem;
  padding: 0.5rem 0; border-bottom: 1px solid var(--rule);
}
section {
  margin-top: 2rem; padding: 1.5rem; border: 1px solid var(--rule); border-radius: 10px;
  background: var(--card);
}
section > h2 + ul { margin-top: 0.75rem; }
section > dl.facts { margin-top: 0.75rem; font-size: 0.95rem; }
ul.plain { padding-left: 1.1rem; }
ul.plain li { margin: 0.2rem 0; }
.statement { margin-top: 0.75rem; border: 1px solid var(--rule); border-radius: 6px; overflow: hidden; }
.statement > header {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.75rem;
  padding: 0.5rem 1rem; font-size: 0.9rem;
}
.statement > header .line { color: var(--quiet); }
.statement > pre { border-radius: 0; }
.statement > .notes { padding: 0.65rem 1rem; font-size: 0.9rem; }
.statement > .notes > * + * { margin-top: 0.35rem; }
.effects { display: flex; flex-wrap: wrap; gap: 0.35rem; padding: 0; list-style: none; }
.effects li {
  padding: 0.05em 0.55em; border-radius: 4px; background: var(--sunken); color: var(--ink);
  font-size: 0.85rem;
}
.quiet { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { color: var(--quiet); font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr > :last-child { padding-right: 0; }
footer { margin-top: 2rem; font-size: 0.85rem; color: var(--quiet); }
@media (max-width: 36rem) {
  body { padding: 1.5rem 0.9rem 3rem; }
  h1 { font-size: 1.4rem; }
  section { padding: 1rem; }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: 0.5rem; }
  pre { padding: 0.7rem 0.75rem; font-size: 0.8rem; }
  .statement > header, .statement > .notes { padding-left: 0.75rem; padding-right: 0.75rem; }
}
@media print {
  :root {
    --paper: #ffffff; --card: #ffffff; --sunken: #ffffff; --rule: #8a8a8a;
    --ink: #000000; --quiet: #3a3a3a; --link: #000000;
    --keyword: #000000; --string: #000000; --comment: #3a3a3a;
    --none: #000000; --none-back: #ffffff; --low: #000000; --low-back: #ffffff;
    --medium: #000000; --medium-back: #ffffff; --high: #000000; --high-back: #ffffff;
    --critical: #000000; --critical-back: #ffffff;
  }
  @page { margin: 18mm 15mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  pre { border: 1px solid var(--rule); font-size: 8.5pt; }
  section { padding: 0; border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding-top: 1rem; }
  .statement, .verdict { break-inside: avoid-page; }
  .verdict, .effects li { border: 1px solid var(--rule); }
  h2, h3 { break-after: avoid-page; }
  a { text-decoration: none; }
}
)";
}

}  // namespace host::cli
