export type Theme = 'system' | 'dark' | 'light';

const key = 'plugin-host-theme';
const order: readonly Theme[] = ['system', 'dark', 'light'];
const dark = matchMedia('(prefers-color-scheme: dark)');

/** What the user chose last; a browser may keep nothing. */
export function readTheme(): Theme {
  try {
    return order.find((each) => each === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
}

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'system';
}

export function applyTheme(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

/** For this page and later ones. */
export function keepTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It is as chosen until the page is closed.
  }
}

/** Returns how to stop. */
export function onSystemTheme(run: () => void): () => void {
  dark.addEventListener('change', run);
  return () => {
    dark.removeEventListener('change', run);
  };
}
