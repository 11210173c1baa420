import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { source } from './to-diagnostic.ts';

/** For each problem whose hint names the known word that was meant: to write that word. */
export function offerFixes(document: TextDocument, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics.flatMap((diagnostic): CodeAction[] => {
    const [, meant] = /Did you mean ([^\s?]+)\?/.exec(messageOf(diagnostic)) ?? [];
    if (diagnostic.source !== source || meant === undefined) return [];
    const written = document.getText(diagnostic.range);
    const quote = /^["']/.exec(written)?.[0] ?? '';
    if (quote === '' && /\s/.test(written)) return []; // more than the one word
    const edit = { range: diagnostic.range, newText: `${quote}${meant}${quote}` };
    return [
      {
        title: `Change to ${meant}`,
        kind: 'quickfix',
        diagnostics: [diagnostic],
        isPreferred: true,
        edit: { changes: { [document.uri]: [edit] } },
      },
    ];
  });
}

/** Newer editors may have it with its markup. */
function messageOf({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}
