import { createHash } from "node:crypto";
import { zipSync } from "fflate";

/** A provider's package as registries and mirrors take it, for one platform. */
export interface Archive {
  /** `linux_amd64` */
  readonly platform: string;
  /** `terraform-provider-outbound_0.1.0_linux_amd64.zip` */
  readonly name: string;
  readonly content: Buffer;
  /** Terraform's checksum of what is in it. */
  readonly h1: string;
  /** Terraform's checksum of the file itself. */
  readonly zh: string;
}

/** The beginning of the time that zip files know, and the same in every time zone. */
const NO_TIME = new Date(1980, 0, 1);
const UNIX = 3;

/** An archive with one executable in it; the same bytes for the same executable, wherever and whenever it is made. */
export function zipOf(fileName: string, executable: Uint8Array): Buffer {
  const attributes = { os: UNIX, attrs: (0o100755 << 16) >>> 0, mtime: NO_TIME, level: 9 } as const;
  return Buffer.from(zipSync({ [fileName]: [executable, attributes] }));
}

export const sha256 = (data: Uint8Array | string): string => createHash("sha256").update(data).digest("hex");
