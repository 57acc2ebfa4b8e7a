import { sharesOf, type Profile } from "../../bench/profile-shares";

const node = (id: number, url: string, ...children: number[]) => ({ id, callFrame: { url }, children });
const PROFILE: Profile = {
  nodes: [
    node(1, "", 2, 3, 8),
    node(2, "file:///x/node_modules/cdktf/lib/app.js", 4, 5),
    node(3, "/x/dist/lib/constructs/alert-mail.js", 6, 7),
    node(4, "node:fs"),
    node(5, "/x/dist/lib/constructs/target.js"),
    node(6, "node:crypto"),
    node(7, "/x/node_modules/constructs/lib/construct.js"),
    node(8, ""),
  ],
  samples: [2, 3, 4, 5, 6, 7, 8],
  timeDeltas: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000],
};

test("a sample belongs to the innermost library on the stack; what stands under neither belongs to nobody", () => {
  expect(sharesOf(PROFILE)).toEqual({ oursMs: 2 + 8 + 16, cdktfMs: 1 + 4 + 32 });
});
