import type { VendorContract } from "../kit/vendor-contract";

/** There is no file for 8.x: its requests contain fields that 9.x no longer knows. */
const contractOf = (release: string, excused: VendorContract["excused"] = []): VendorContract => ({
  format: "openapi",
  files: [`vcf-operations-${release}.json`],
  base: /^\/suite-api/,
  // The available files are excerpts without them.
  elsewhere: [/\/api\/auth\/(?:sources|currentuser)$/],
  when: (state) => (state as { readonly version: string }).version.includes(` ${release}`),
  excused: [
    {
      violation: /versions\/current: answer 200: \/description must be string \(got null\)/,
      because: "the vendor's own example of this answer has null",
    },
    ...excused,
  ],
});

export const contracts: readonly VendorContract[] = [
  contractOf("9.0", [
    {
      violation: /\/test: query parameter receiverAddress is not declared/,
      because: "9.0 ignores it, and asking for the release first would make every test slower",
    },
  ]),
  contractOf("9.1"),
];
