import { parse } from 'parse5';
import { attribute, type Element, elementsBelow, textOf } from './elements-below.ts';
import { findByPath } from './find-by-path.ts';
import { FormValue } from './form-value.ts';

/** What is sent only when it is pressed. */
const buttons = ['submit', 'button', 'image', 'reset', 'file'];

/** A form of a page: the first, or the one that a path selects; undefined when there is none. Source: specification d.7. */
export function findForm(html: string, path: string | undefined): FormValue | undefined {
  const page = parse(html);
  const [form] = (path === undefined ? elementsBelow(page) : findByPath(page, path)).filter(isForm);
  if (form === undefined) return undefined;
  const fields = elementsBelow(form).flatMap(fieldOf);
  return new FormValue(fields, attribute(form, 'action') ?? '', (attribute(form, 'method') ?? 'GET').toUpperCase());
}

function isForm({ tagName }: Element): boolean {
  return tagName === 'form';
}

function fieldOf(element: Element): { name: string; value: string }[] {
  const name = attribute(element, 'name');
  if (name === undefined || attribute(element, 'disabled') !== undefined) return [];
  if (element.tagName === 'textarea') return [{ name, value: textOf(element).replace(/^\r?\n/, '') }];
  if (element.tagName === 'select') return selected(element).map((value) => ({ name, value }));
  if (element.tagName !== 'input') return [];
  const type = (attribute(element, 'type') ?? 'text').toLowerCase();
  const isBox = type === 'checkbox' || type === 'radio';
  if (buttons.includes(type) || (isBox && attribute(element, 'checked') === undefined)) return [];
  return [{ name, value: attribute(element, 'value') ?? (isBox ? 'on' : '') }];
}

/** Those that are selected, of a list for one choice the last of them; else the first. */
function selected(select: Element): string[] {
  const options = elementsBelow(select).filter(({ tagName }) => tagName === 'option');
  const chosen = options.filter((each) => attribute(each, 'selected') !== undefined);
  const isMultiple = attribute(select, 'multiple') !== undefined;
  const shown = chosen.length === 0 ? options.slice(0, 1) : isMultiple ? chosen : chosen.slice(-1);
  return shown.map((each) => attribute(each, 'value') ?? textOf(each).trim());
}
