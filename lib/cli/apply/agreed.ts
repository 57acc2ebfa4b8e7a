import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ProblemError } from "../../core/problem";
import { readReviewed, readReviewedFleet, reviewedHash, type Reviewed, type ReviewedFleet } from "../../review";
import { badOption, fileUnreadable } from "../errors";

export interface AgreedOptions {
  readonly review?: string;
  readonly hash?: string;
  readonly merged?: boolean;
}

/** A reviewed state that somebody has agreed to: of one stack, or of several. */
export type Agreed = Reviewed | ReviewedFleet;

export const isOfFleet = (agreed: Agreed | undefined): agreed is ReviewedFleet =>
  agreed !== undefined && "selection" in agreed;

/** The review that the command line names; undefined when it comes from the forge. */
export function agreed(options: AgreedOptions, workingDirectory: string): Agreed | undefined {
  const { review, hash, merged } = options;
  const given = [review !== undefined && "--review", hash !== undefined && "--hash", merged && "--merged"].filter(
    (one) => typeof one === "string",
  );
  if (given.length === 0 || (given.length > 1 && hash !== undefined)) {
    throw badOption(
      "--review",
      given.join(" and ") || "none of them",
      "--review, --hash, --merged, or --review and --merged",
    );
  }
  if (hash !== undefined) return reviewedHash(hash);
  if (review === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(resolve(workingDirectory, review), "utf8");
  } catch (error) {
    throw new ProblemError(fileUnreadable(review, (error as Error).message));
  }
  return readReviewedFleet(text, review) ?? readReviewed(text, review);
}
