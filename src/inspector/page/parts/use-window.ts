import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { type RowLayout, rowAt } from './lay-rows.ts';

export interface Window {
  /** The element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  /** Of the first row that is drawn. */
  first: number;
  /** After the last one. */
  end: number;
}

/** Rows beyond the view that are drawn as well, so that scrolling shows no gap. */
const beyond = 8;

/** Which of many rows are near the view. */
export function useWindow(layout: RowLayout, headHeight = 0): Window {
  const { count, rowHeight } = layout;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      setView((former) => {
        const next = { top: element.scrollTop, height: element.clientHeight };
        const isNear = Math.abs(next.top - former.top) < rowHeight * (beyond / 2) && next.height === former.height;
        return isNear ? former : next;
      });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [rowHeight]);
  const first = Math.max(0, rowAt(layout, view.top - headHeight) - beyond);
  const end = Math.min(count, rowAt(layout, view.top + view.height) + 1 + beyond);
  return { scroller, first: Math.min(first, Math.max(0, count - 1)), end };
}

/** Scrolls to a row where it is out of view. */
export function revealRow(
  scroller: HTMLElement,
  index: number,
  { topOf, rowHeight }: RowLayout,
  headHeight: number,
): void {
  const top = headHeight + topOf(index);
  if (top - headHeight < scroller.scrollTop) scroller.scrollTop = top - headHeight;
  else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + rowHeight - scroller.clientHeight;
}

/** Keeps the end in view while more comes, as long as the user has not scrolled away. */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>, count: number, isFollowing: boolean): void {
  const wasAtEnd = useRef(false);
  const former = useRef(0);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let top = element.scrollTop;
    const look = (): void => {
      // Of rows that come between our own scrolling and its event, nobody has scrolled away.
      if (isAtEnd(element)) wasAtEnd.current = true;
      else if (element.scrollTop < top) wasAtEnd.current = false;
      top = element.scrollTop;
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      element.removeEventListener('scroll', look);
    };
  }, []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    // What was there when it was opened begins at its start.
    if (isFollowing && wasAtEnd.current && former.current > 0) element.scrollTop = element.scrollHeight;
    if (former.current === 0) wasAtEnd.current = isAtEnd(element);
    former.current = count;
  }, [count]);
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
}
