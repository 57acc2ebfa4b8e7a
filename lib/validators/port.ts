import { integer } from "./integer";

/** A TCP port, 1 to 65535. */
export const port = { ...integer({ min: 1, max: 65_535 }), describes: "a TCP port, 1 to 65535" };
