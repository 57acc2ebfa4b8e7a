import { withoutConnections } from "../../lib/sandbox/foreign-html";

it.each([
  ['<link rel="preconnect" href="//x">', '<meta rel="preconnect" href="//x">'],
  ["<LINK\nrel=preconnect>", "<meta\nrel=preconnect>"],
  ["<link/rel=preconnect>", "<meta/rel=preconnect>"],
  ['<iframe src="//x">', '<iframe srcdoc=""  src="//x">'],
  ['<IFrame/src="//x">', '<iframe srcdoc="" /src="//x">'],
  ["<frameset><frame src=//x></frameset>", "<frameset><meta src=//x></frameset>"],
])("leaves nothing in %s that would connect", (html, safe) => expect(withoutConnections(html)).toBe(safe));

it("finds what appears only once something else is taken out", () => {
  expect(withoutConnections("<<link><li<linknk>")).not.toMatch(/<link/i);
});

it("leaves everything else as it was", () => {
  const html = '<style>a { color: red }</style><p>links &lt;link> and <a href="https://example.com">a link</a></p>';
  expect(withoutConnections(html)).toBe(html);
});
