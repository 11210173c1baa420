/** What the pages of the site do: the menu of a narrow window, search, and copying what is typed in a terminal. */
import type { FoundSection } from './found-section.ts';

const most = 12;
const up = document.documentElement.dataset['up'] ?? '';
const input = byId('search') as HTMLInputElement;
const list = byId('found');

openMenu();
search();
for (const block of document.querySelectorAll('pre')) addCopy(block);

function openMenu(): void {
  const button = byId('menu');
  button.addEventListener('click', () => {
    const open = document.body.classList.toggle('menu');
    button.setAttribute('aria-expanded', String(open));
  });
  document.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

function search(): void {
  let chosen = 0;
  const show = (): void => {
    const found = input.value.trim() === '' ? [] : (window.searchDocuments?.(input.value) ?? []);
    chosen = 0;
    list.replaceChildren(...found.slice(0, most).map(renderFound));
    if (found.length === 0 && window.searchDocuments !== undefined && input.value.trim() !== '')
      list.append(renderNothing());
    mark(chosen);
    toggle(list.childElementCount > 0);
  };
  const mark = (index: number): void => {
    const options = [...list.querySelectorAll('[role=option]')];
    if (options.length === 0) return;
    chosen = (index + options.length) % options.length;
    for (const [at, option] of options.entries()) option.setAttribute('aria-selected', String(at === chosen));
    options[chosen]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[chosen]?.id ?? '');
  };
  input.addEventListener('focus', () => {
    load(show);
  });
  input.addEventListener('input', () => {
    load(show);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(chosen + 1);
    else if (event.key === 'ArrowUp') mark(chosen - 1);
    else if (event.key === 'Enter') list.querySelector<HTMLElement>('[aria-selected=true] a')?.click();
    else if (event.key === 'Escape') toggle(false);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !list.contains(event.target) && event.target !== input) toggle(false);
  });
}

let loading: HTMLScriptElement | undefined;

/** Loads the documents' text once, then does it. */
function load(then: () => void): void {
  if (window.searchDocuments !== undefined) {
    then();
    return;
  }
  if (loading === undefined) {
    loading = document.createElement('script');
    loading.src = `${up}search.js`;
    document.head.append(loading);
  }
  loading.addEventListener('load', then, { once: true });
}

function toggle(open: boolean): void {
  list.hidden = !open;
  input.setAttribute('aria-expanded', String(open));
}

function renderFound({ page, heading, address, text }: FoundSection, at: number): HTMLElement {
  const item = document.createElement('li');
  item.role = 'option';
  item.id = `found-${at}`;
  const link = document.createElement('a');
  link.href = `${up}${address}`;
  link.tabIndex = -1;
  link.addEventListener('click', () => {
    toggle(false);
  });
  link.append(element('strong', heading === page ? page : `${page} › ${heading}`), element('span', excerptOf(text)));
  item.append(link);
  return item;
}

/** The text around the first word that was typed. */
function excerptOf(text: string): string {
  const word = input.value.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  return `${at > 0 ? '…' : ''}${text.slice(at, at + 140)}${text.length > at + 140 ? '…' : ''}`;
}

function renderNothing(): HTMLElement {
  const item = element('li', 'Nothing is found. Fewer or other words?');
  item.className = 'nothing';
  return item;
}

/** Of a terminal, what is typed is copied, without what is answered. */
function addCopy(block: HTMLPreElement): void {
  const code = block.querySelector('code');
  if (code === null) return;
  block.tabIndex = 0;
  const frame = document.createElement('div');
  frame.className = 'block';
  block.replaceWith(frame);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    const typed = [...code.querySelectorAll('kbd')].map((line) => line.textContent);
    void navigator.clipboard.writeText(typed.length > 0 ? typed.join('\n') : code.textContent).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    });
  });
  frame.append(block, button);
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
