import type { Problem } from "../../core/problem";
import { quoted, systemWarning } from "../kit/words";
import { productVersion } from "./release";
import { vropsWords } from "./words";

const OLDEST = { major: 8, minor: 10 };
const NEWEST = { major: 9, minor: 1 };

/** A release with which this package has not been tested; undefined for supported ones, and where the version is unknown. */
export function tooOldOrNew(releaseName: string): Problem | undefined {
  const [major, minor] = productVersion(releaseName) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const isOld = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
  const isNew = major > NEWEST.major || (major === NEWEST.major && minor > NEWEST.minor);
  if (!isOld && !isNew) return undefined;
  return systemWarning(vropsWords, "release-not-tried", {
    summary: `This package is not made for a vROps as ${isOld ? "old" : "new"} as ${quoted(releaseName)}`,
    expected: `${OLDEST.major}.${OLDEST.minor} to ${NEWEST.major}.${NEWEST.minor}`,
    fix: "See below whether its answers are as expected, and try a deployment beside the one that alerts.",
  });
}
