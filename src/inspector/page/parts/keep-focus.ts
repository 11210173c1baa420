/**
 * Gives the focus a place when what has it is taken away: a row that was scrolled out of the document, a view that gave way to another, a
 * button of a session that is removed. The nearest thing of the same kind gets it, else the main part. Returns how to stop.
 */
export function keepFocus(root: HTMLElement): () => void {
  let last: HTMLElement | undefined;
  let nearby: HTMLElement | undefined;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    nearby = target.closest<HTMLElement>('[role="grid"], [role="tablist"], nav, dialog') ?? undefined;
  };
  const observer = new MutationObserver(() => {
    if (last === undefined || isShown(last)) return;
    const active = document.activeElement;
    if (active !== null && active !== document.body && active !== last && active.isConnected) return;
    const next = [...placesIn(nearby), ...placesIn(root)].find(isShown);
    last = undefined;
    next?.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['class'] });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

function placesIn(part: HTMLElement | undefined): HTMLElement[] {
  if (part === undefined) return [];
  const selectors = [
    '[aria-selected="true"]',
    '[aria-current="page"]',
    '.back a',
    '[role="row"][tabindex="0"]',
    '.list a',
    'main',
  ];
  return selectors.flatMap((each) => [...part.querySelectorAll<HTMLElement>(each)]);
}

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility();
}
