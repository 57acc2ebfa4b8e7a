import { hiddenLine, readHiddenLine } from "../../lib/review/hidden-line";

const line = hiddenLine("marker", { a: "-->--" });

it.each([
  ["as it was written", line],
  ["with what a forge makes of breaks", `${line}\r\n\r\ntext`],
  ["behind blanks and an empty line", `\n  ${line}  \ntext`],
])("is read %s", (_, text) => {
  expect(readHiddenLine("marker", text)).toEqual({ a: "-->--" });
});

it.each([
  ["in the text of somebody else", `Thanks for:\n\n${line}`],
  ["in a line with something else", `${line} and more`],
  ["of another kind", line.replace("marker", "markers")],
  ["that is cut", line.slice(0, -5)],
  ["that is no JSON", "<!-- marker {a} -->"],
])("nothing is read from a line %s", (_, text) => {
  expect(readHiddenLine("marker", text)).toBeUndefined();
});
