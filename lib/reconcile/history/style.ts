/** The style of a history's page: light and dark, with a sign for every state besides its colour. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--back:#fff;--box:#f6f8fa;--good:#1a7f37;--goodbox:#dafbe1;--bad:#a40e26;--badbox:#ffd8d3;--amber:#7d4e00;--amberbox:#fff1c2}
@media(prefers-color-scheme:dark){:root{--ink:#f0f6fc;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--box:#151b23;--good:#56d364;--goodbox:#12261e;--bad:#ff9492;--badbox:#3c1618;--amber:#e3b341;--amberbox:#2e2411}}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1400px;margin:0 auto;padding:24px}
h1{font-size:24px}h2{font-size:18px;margin:28px 0 8px}caption{text-align:left;color:var(--soft);padding:4px 0}
.wide{position:relative;overflow-x:auto;margin-bottom:24px}table{border-collapse:collapse}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:anywhere}
thead th{background:var(--box);font-weight:600}.time th,.time td{white-space:nowrap}
.time td:nth-child(n+3){padding:4px 3px;text-align:center;font-weight:700;min-width:12px}.time thead th:nth-child(n+3){padding:4px 0;border-width:1px 0}
.time thead th:nth-child(3) span{display:inline-block;width:0;white-space:nowrap;font-weight:400}
.good{color:var(--good);background:var(--goodbox)}.bad{color:var(--bad);background:var(--badbox)}.unknown{color:var(--amber);background:var(--amberbox)}.none{color:var(--soft)}
.key{font-weight:700}.silent:not(th),th.silent span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;
