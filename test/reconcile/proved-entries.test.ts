import type { Entry } from "../../lib/reconcile/detection";
import { withProof } from "../../lib/reconcile/proved-entries";
import type { ChainProof } from "../../lib/proof/proof";

const TEST = "outbound_test_email.test";
const entry = (more: Partial<Entry> = {}): Entry => ({
  bucket: "in-sync",
  type: "outbound_test_email",
  kind: "test e-mail",
  address: TEST,
  ...more,
});
const chain = (state: ChainProof["state"], more: Partial<ChainProof> = {}): ChainProof => ({
  address: TEST,
  how: "probe",
  state,
  verdict: "the login was refused",
  stages: [
    { name: "AUTH", kind: "AUTH", status: "failed", durationMs: 1, detail: "", remedy: "Set the new password." },
  ],
  receivers: [],
  certificates: [],
  leftOut: [],
  ...more,
});
const proved = (entries: Entry[], ...chains: ChainProof[]) => withProof(entries, { mode: "probe", chains });

it("leaves all as it is where nothing was proved, and where mail gets through", () => {
  expect(withProof([entry()], undefined)).toEqual([entry()]);
  expect(proved([entry()], chain("through"))).toEqual([entry()]);
});

it("what is as declared and lets no mail through is broken, with what to do", () => {
  expect(proved([entry()], chain("broken"))).toEqual([
    entry({ bucket: "broken", reason: "the login was refused. Set the new password." }),
  ]);
});

it("names who was refused, and who was not", () => {
  const receivers = [
    { address: "a@example.com", status: "accepted" as const },
    { address: "b@example.com", status: "refused" as const },
  ];
  expect(proved([entry()], chain("broken", { receivers }))[0]!.reason).toContain(
    "accepted for a@example.com; refused for b@example.com",
  );
});

it("a way that nobody could look at is unknown, also where that was expected of the object", () => {
  const held = entry({ bucket: "unknown", expected: true, reason: "no API" });
  expect(proved([held], chain("unknown"))).toMatchObject([{ bucket: "unknown", expected: false }]);
});

it.each(["drifted", "missing", "unmanaged"] as const)(
  "what is %s stays so, and is told of the mail as well",
  (bucket) => {
    expect(proved([entry({ bucket })], chain("broken"))).toMatchObject([
      { bucket, warning: expect.stringContaining("mail: the login was refused") as string },
    ]);
  },
);

it("a way without an entry of its own gets one", () => {
  const data = "module.a.data.outbound_smtp_probe.relay[0]";
  expect(proved([], chain("broken", { address: data }))).toMatchObject([
    { bucket: "broken", type: "outbound_smtp_probe", address: data },
  ]);
  expect(proved([], chain("through"))).toMatchObject([{ bucket: "in-sync", type: "outbound_test_email" }]);
});
