import { visible } from './visible.ts';

const tones: Record<string, string> = {
  closed: 'good',
  ACCEPT: 'good',
  returned: 'good',
  NONE: 'plain',
  DENY: 'denied',
  denied: 'denied',
  'target-refused': 'denied',
  'user-left': 'denied',
  NEEDINFO: 'asked',
  running: 'running',
};
const signs: Record<string, string> = { good: '✓', denied: '✕', asked: '?', failed: '!', running: '▸', plain: '·' };

/** A verdict, an outcome or an end: its colour means something, and is not all that tells it. */
export function Word({ word }: { word: string }): preact.JSX.Element {
  const tone = tones[word] ?? 'failed';
  return (
    <span class={`word tone-${tone}`}>
      <span aria-hidden="true">{signs[tone]} </span>
      {visible(word)}
    </span>
  );
}
