import { render } from 'preact';

/** Shows the page. */
export function main(): void {
  const root = document.getElementById('app');
  if (root !== null) render(<p>…</p>, root);
}

main();
