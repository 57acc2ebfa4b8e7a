import { daysLeft, expiryOf } from "../../lib/core/certificate-expiry";

const DAY = 86_400_000;

it.each([
  // Six days are the rule at some authorities; those who renew by themselves do it when two are left.
  { life: 6, left: 4.6, said: undefined },
  { life: 6, left: 2.1, said: undefined },
  { life: 6, left: 1.9, said: "urgent" },
  // Two days' warning, though a third would be less.
  { life: 4, left: 1.9, said: "urgent" },
  // It does not live long enough for two days' warning.
  { life: 1, left: 0.9, said: undefined },
  { life: 1, left: 0.3, said: "urgent" },
  { life: 45, left: 15.1, said: undefined },
  { life: 45, left: 14.9, said: "urgent" },
  { life: 90, left: 31, said: undefined },
  { life: 90, left: 29, said: "urgent" },
  { life: 398, left: 61, said: undefined },
  { life: 398, left: 59, said: "soon" },
  { life: 398, left: 29, said: "urgent" },
  { life: 3_650, left: 61, said: undefined },
])("of $life days $left are left: $said", ({ life, left, said }) => {
  const now = 1_800_000_000_000;
  const to = now + left * DAY;
  expect(expiryOf({ from: to - life * DAY, to }, now)).toBe(said);
});

it.each([
  [2, 2],
  [1.9, 1],
  [0, 0],
  [-0.1, -1],
])("of %d days, %d whole ones are left", (left, whole) => {
  const now = 1_800_000_000_000;
  expect(daysLeft(now + left * DAY, now)).toBe(whole);
});
