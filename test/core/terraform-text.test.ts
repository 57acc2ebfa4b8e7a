import { forgetCommand, importCommand, letGoAdvice, movedBlock, removedBlock } from "../../lib/core/terraform-text";

describe("commands", () => {
  it("name the object as far as it is known", () => {
    expect(importCommand("outbound_uipath_webhook", "42")).toBe("terraform import outbound_uipath_webhook.NAME 42");
    expect(importCommand("outbound_uipath_webhook", "42", "module.a.outbound_uipath_webhook.b")).toBe(
      "terraform import module.a.outbound_uipath_webhook.b 42",
    );
  });

  it.each([
    ["organization/3fa85f64", "organization/3fa85f64"],
    ["two words", "'two words'"],
    ["it's; rm -rf", `'it'\\''s; rm -rf'`],
  ])("hand %s to a shell whole", (id, word) => {
    expect(importCommand("t", id)).toBe(`terraform import t.NAME ${word}`);
  });

  it("quote an address of for_each", () => {
    expect(forgetCommand("t", 't.b["one"]')).toBe(`terraform state rm 't.b["one"]'`);
  });
});

it("writes blocks as terraform fmt would have them", () => {
  expect(movedBlock("t.a", "t.b")).toBe("moved {\n  from = t.a\n  to   = t.b\n}");
  expect(removedBlock("t.a")).toBe("removed {\n  from = t.a\n\n  lifecycle {\n    destroy = false\n  }\n}");
});

it("advises nothing that deletes", () => {
  expect(letGoAdvice("t")).toContain("destroy = false");
  expect(letGoAdvice("t")).toContain("terraform state rm t.NAME");
});
