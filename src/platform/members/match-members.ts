import { CaptureList } from '../values/match-value.ts';
import type { CaptureValue, GroupValue, MatchValue } from '../values/match-value.ts';
import { MemberTable } from './member-table.ts';

/** Of `Capture`, and of what is more than one. */
export const captureMembers = new MemberTable<CaptureValue>(
  {
    Value: (capture) => capture.text,
    Index: (capture) => capture.index,
    Length: (capture) => capture.length,
  },
  {},
);

/** Of `Group`. */
export const groupMembers = new MemberTable<GroupValue>(
  {
    Success: (group) => group.success,
    Name: (group) => group.name,
    Captures: (group) => new CaptureList('CaptureCollection', group.captures),
  },
  {},
);

/** Of `Match`. */
export const matchMembers = new MemberTable<MatchValue>(
  { Groups: (match) => new CaptureList('GroupCollection', match.groups) },
  {
    NextMatch: (match, given) => {
      given.require(0);
      return match.next(given.evaluation.budget);
    },
  },
);

/** Of `Groups`, `Captures` and what `Regex.Matches` gives. */
export const captureListMembers = new MemberTable<CaptureList>({ Count: ({ items }) => items.length }, {});
