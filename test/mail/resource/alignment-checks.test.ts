import { smtpProbeSchema, testEmailSchema } from "../../../lib/mail";
import { dkimShown, listedAddresses } from "../../../lib/mail/resource/alignment-checks";

const found = (by: "imap" | undefined, alignment: object | null, more: object = { imap: null, more_mailboxes: null }) =>
  dkimShown(by)
    .check({ alignment, ...more } as never)
    .map(({ code, path }) => [code, ...(path ?? [])].join(" "));

const REFUSED = ["mail/dkim-never-shown alignment require"];

it("refuses to require DKIM where neither a mail nor a key could show it", () => {
  expect(found("imap", { require: ["spf", "dkim"], dkim_selectors: null })).toEqual(REFUSED);
  expect(found("imap", { require: ["dkim"], dkim_selectors: [] })).toEqual(REFUSED);
  // A probe sends nothing, so nothing arrives.
  expect(found(undefined, { require: ["dkim"], dkim_selectors: null }, {})).toEqual(REFUSED);
});

it("is content with one of them, with other requirements, and with what is not known yet", () => {
  expect(found("imap", { require: ["dkim"], dkim_selectors: ["mail"] })).toEqual([]);
  expect(found("imap", { require: ["dkim"], dkim_selectors: null }, { imap: { host: "imap" } })).toEqual([]);
  expect(found("imap", { require: ["dkim"], dkim_selectors: null }, { imap: undefined })).toEqual([]);
  const further = (more_mailboxes: unknown) =>
    found("imap", { require: ["dkim"], dkim_selectors: null }, { imap: null, more_mailboxes });
  expect([further([{ host: "imap" }]), further(undefined), further([])]).toEqual([[], [], REFUSED]);
  expect(found("imap", { require: ["dkim"], dkim_selectors: undefined })).toEqual([]);
  expect(found("imap", { require: undefined, dkim_selectors: null })).toEqual([]);
  expect(found("imap", { require: ["spf", "dmarc"], dkim_selectors: null })).toEqual([]);
  expect(found("imap", { require: null, dkim_selectors: null })).toEqual([]);
  expect([found("imap", null), found("imap", undefined as never)]).toEqual([[], []]);
});

it("names what can be added, which is not the same for a test and a probe", () => {
  const alignment = { require: ["dkim"], dkim_selectors: null, source_ips: null };
  const fixes = [testEmailSchema, smtpProbeSchema].map(({ checks }) =>
    (checks as readonly { check(values: never): readonly { code: string; fix: string }[] }[])
      .flatMap(({ check }) => check({ alignment, imap: null, more_mailboxes: null } as never))
      .filter(({ code }) => code === "mail/dkim-never-shown")
      .map(({ fix }) => fix.includes("imap")),
  );
  expect(fixes).toEqual([[true], [false]]);
});

it.each<[string, Record<string, unknown> | null, number]>([
  ["alignment is not asked for", null, 0],
  ["lists are not asked", { block_lists: false, source_ips: null }, 0],
  ["addresses are declared", { block_lists: true, source_ips: ["203.0.113.25"] }, 0],
  ["addresses come to be known", { block_lists: true, source_ips: undefined }, 0],
  ["no address is declared", { block_lists: true, source_ips: null }, 1],
  ["none is left of them", { block_lists: true, source_ips: [] }, 1],
])("block lists, where %s", (_, alignment, problems) => {
  const found = listedAddresses.check({ alignment } as never);
  expect(found.map(({ code }) => code)).toEqual(Array(problems).fill("mail/block-lists-without-address"));
});
