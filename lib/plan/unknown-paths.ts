import { renderPath } from "../core/problem";
import { isObject } from "./masking";

/** The paths that Terraform marks as known after the apply, as `a.b[0]`. */
export function unknownPaths(marks: unknown, path: (string | number)[] = []): string[] {
  if (marks === true) return [renderPath(path)];
  if (Array.isArray(marks)) return marks.flatMap((one, index) => unknownPaths(one, [...path, index]));
  if (!isObject(marks)) return [];
  return Object.entries(marks)
    .flatMap(([key, one]) => unknownPaths(one, [...path, key]))
    .sort();
}
