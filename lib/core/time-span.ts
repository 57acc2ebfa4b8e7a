const [SECOND, MINUTE, HOUR, DAY, YEAR] = [1_000, 60_000, 3_600_000, 86_400_000, 31_536_000_000];

/** Writes a duration in at most two units: "340 ms", "2.1 s", "3 min 5 s", "2 h", "1 day 6 h", "more than a year". */
export function timeSpan(ms: number): string {
  // Rounded first, so that nothing reads as "60 s".
  if (roundedTo(1, ms) < SECOND) return `${Math.round(ms)} ms`;
  if (roundedTo(SECOND / 10, ms) < MINUTE) return `${(ms / SECOND).toFixed(1).replace(/\.0$/, "")} s`;
  if (roundedTo(SECOND, ms) < HOUR) return inTwo(ms, [MINUTE, "min"], [SECOND, "s"]);
  if (roundedTo(MINUTE, ms) < DAY) return inTwo(ms, [HOUR, "h"], [MINUTE, "min"]);
  // A server may name any number.
  return ms > YEAR ? "more than a year" : inTwo(ms, [DAY, "day"], [HOUR, "h"]).replace(/^(?!1 )(\d+ day)/, "$1s");
}

const roundedTo = (unit: number, ms: number): number => Math.round(ms / unit) * unit;

type Unit = readonly [ms: number, name: string];

function inTwo(ms: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const smalls = Math.round(ms / small);
  const perLarge = large / small;
  const rest = smalls % perLarge;
  return `${Math.floor(smalls / perLarge)} ${largeName}${rest === 0 ? "" : ` ${rest} ${smallName}`}`;
}
