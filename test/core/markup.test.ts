import { escapedAttribute, escapedText, isMarkup, withoutMarkup } from "../../lib/core/markup";
import { expectLinear } from "../support/growth";

test.each([
  ["<p>Not <b>allowed</b></p>", "|Not |allowed||"],
  ["<style>p { color: red }</style>Too late", "|Too late"],
  ["<SCRIPT type=x>if (a < b) {}</SCRIPT >gone", "|gone"],
  ["<script>never ends", "|"],
  ["a <b", "a |b"],
  ["scripts <scripts>stay", "scripts |stay"],
  ["no tags", "no tags"],
])("of %j stays %j", (html, text) => expect(withoutMarkup(html, "|")).toBe(text));

test.each(["<script", "<script>", "<", "<style></", "</script", "<b>"])("takes time in proportion to many %j", (part) =>
  expectLinear(20_000, (size) => withoutMarkup(part.repeat(size), " ")),
);

it("shows text as it is, between tags and in an attribute", () => {
  const text = `a &lt; <b title="x">'c'</b>`;
  expect(escapedText(text)).toBe(`a &amp;lt; &lt;b title="x"&gt;'c'&lt;/b&gt;`);
  expect(escapedAttribute(text)).toBe("a &amp;lt; &lt;b title=&quot;x&quot;&gt;'c'&lt;/b&gt;");
});

it.each([
  ["<!doctype html>", true],
  ["\r\n <html>", true],
  ["", false],
  ["version: STSv1", false],
])("takes %j for a document of tags: %s", (text, expected) => expect(isMarkup(text)).toBe(expected));
