/** One line of the report of `doctor`. */
export interface Check {
  name: string;
  /** `missing`: something does not work without it; `warning`: something works less well. */
  status: 'ok' | 'missing' | 'warning';
  message: string;
  /** What to do; empty when there is nothing to do. */
  hint: string;
  /** No plugin can be called without it. */
  isRequired: boolean;
}

export function ok(name: string, message: string): Check {
  return { name, status: 'ok', message, hint: '', isRequired: false };
}

export function warning(name: string, message: string, hint: string): Check {
  return { name, status: 'warning', message, hint, isRequired: false };
}

/** What some plugins need. */
export function missing(name: string, message: string, hint: string): Check {
  return { name, status: 'missing', message, hint, isRequired: false };
}

/** What every plugin needs. */
export function missingRequired(name: string, message: string, hint: string): Check {
  return { ...missing(name, message, hint), isRequired: true };
}
