import type { SessionElement } from './session-element.ts';

/** The session with the last call first. */
export function compareNewest(one: SessionElement, other: SessionElement): number {
  return compareTexts(newestOf(other), newestOf(one)) || compareTexts(one.name, other.name);
}

function newestOf({ lastAt, createdAt }: SessionElement): string {
  return lastAt ?? createdAt;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
