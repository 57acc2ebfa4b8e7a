import { parseTagList } from "../../../lib/mail/alignment/tag-list";

const parsed = (text: string) => {
  const { tags, order, errors } = parseTagList(text);
  return { tags: Object.fromEntries(tags), order, errors };
};

it("reads tags in order, without the spaces around them", () => {
  expect(parsed(" v = DMARC1 ;p=none; rua=mailto:a@example.com?x=y ;")).toEqual({
    tags: { v: "DMARC1", p: "none", rua: "mailto:a@example.com?x=y" },
    order: ["v", "p", "rua"],
    errors: [],
  });
});

it("keeps empty values, which revoke a key, and line breaks within values", () => {
  expect(parsed("p=; h=from:\n to").tags).toEqual({ p: "", h: "from:\n to" });
});

it("tells what is no tag, and what is there twice, of which the first counts", () => {
  expect(parsed("v=1; reject; 9=x; v=2")).toEqual({
    tags: { v: "1" },
    order: ["v"],
    errors: ['"reject" is not tag=value', '"9=x" is not tag=value', "v= is there twice"],
  });
});
