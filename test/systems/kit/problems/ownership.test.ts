import {
  adopted,
  adoptedWithChanges,
  ambiguous,
  badImportId,
  conflict,
  deletionUnknown,
  leftBehind,
  notGone,
  notKept,
  notShown,
  vanished,
} from "../../../../lib/systems/kit/problems";
import { objectWords } from "../../../../lib/systems/kit/words";
import { acme, mail, pager } from "./words";

const ref = { name: "Prod", id: 42 };

describe("every problem of an object", () => {
  const all = [
    adopted(pager, ref),
    adoptedWithChanges(pager, ref, ["port is 25"]),
    conflict(pager, ref, ["port is 25"]),
    vanished(pager, ref),
    notKept(pager, ref, ["port is 25"]),
    notShown(pager, ref),
    notGone(pager, ref),
    deletionUnknown(pager, ref, "503"),
    leftBehind(pager, ref, "Delete it by hand."),
  ];

  it.each(all.map((problem) => [problem.code, problem] as const))("%s names system and object", (code, problem) => {
    expect(code).toMatch(/^acme\/[a-z-]+$/);
    expect(problem.summary).toMatch(/the e-mail pager "Prod" \(id 42\)/i);
    expect(problem.fix).toMatch(/\.$/);
  });

  it("has a code of its own", () => {
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  });
});

describe("an object that is there already", () => {
  it("is refused with the command that imports it, and every other way out", () => {
    expect(conflict(pager, ref, ["port is 25, declared 587"])).toMatchObject({
      code: "acme/already-exists",
      path: ["name"],
      got: "port is 25, declared 587",
      fix: "To manage the one that is there: terraform import outbound_acme_pager.NAME 42. To take it over and change it at once: adopt_existing = true. Else choose another name.",
    });
  });

  it("gets no advice that it cannot follow: there is one of it, and nothing to adopt with", () => {
    expect(
      conflict(mail, { name: "of the tenant Prod", id: "mail" }, ["host is a"], "They may be inherited."),
    ).toMatchObject({
      summary: "The mail configuration of the tenant Prod (id mail) exists already, with other settings",
      fix: "To manage the one that is there: terraform import outbound_acme_mail.NAME mail. They may be inherited.",
    });
  });

  it("stays after a destroy where that gives it back, and the warning says so", () => {
    const { fix } = adopted({ ...pager, givesBack: true }, ref);
    expect(fix).toContain("a destroy gives it back as it was found");
    expect(fix).not.toContain("delete it for both");
  });

  it.each([adopted(pager, ref), adopted({ ...pager, givesBack: true }, ref), adoptedWithChanges(pager, ref, [])])(
    "is never advised away by deleting it: $code",
    ({ fix }) => {
      expect(fix).toContain("destroy = false");
      expect(fix).toContain("terraform state rm outbound_acme_pager.NAME");
    },
  );

  it("tells of equal ones beside it", () => {
    expect(adopted(pager, ref, ["43", "44"]).got).toBe("3 that are equal; the others have the ids 43, 44");
  });

  it("is named by all candidates when nothing tells them apart", () => {
    expect(ambiguous(pager, { name: "Prod" }, ["42", "43"])).toMatchObject({
      summary: 'There are 2 e-mail pagers named "Prod", and nothing says which one is meant',
      got: "ids 42, 43",
    });
  });

  it("cannot be imported where nothing can be read", () => {
    const words = objectWords(
      acme,
      { type: "outbound_acme_note", attributes: {} },
      {
        kind: "note",
        where: "Notes",
        importId: { none: "Declare it." },
      },
    );
    expect(conflict(words, { name: "a" }, []).fix).toContain("declare it as it is in Acme Monitor");
    expect(badImportId(words, "a")).toMatchObject({
      code: "acme/cannot-import",
      summary: expect.stringMatching(/^A note/),
    });
  });
});

it("shows a foreign name without what would turn the line around", () => {
  expect(vanished(pager, { name: "a\u202eb\u001b[2J" }).summary).toContain('"a⟨U+202E⟩b⟨U+001B⟩[2J"');
});

it("says what an import id looks like, by an example that can be run", () => {
  expect(badImportId(pager, "x y")).toMatchObject({
    code: "acme/bad-import-id",
    summary: '"x y" is not the id of an e-mail pager',
    expected: "its number, such as 42",
    fix: expect.stringContaining("terraform import outbound_acme_pager.NAME 42"),
  });
});
