import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { tryReadText } from '../../documents/decode-text.ts';
import { type DocumentKind, findDocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument } from '../documents/edited-document.ts';

/** By their addresses. */
interface Documents {
  get: (uri: string) => TextDocument | undefined;
  all: () => TextDocument[];
}

/** Longer ones would keep the editor waiting at every pause; the commands check them. */
const mostCharacters = 1024 * 1024;

/** What is open in the editor, as files. */
export class OpenFiles {
  readonly #documents: Documents;
  readonly #folder: string;

  /** @param folder Absolute; of a document that is not saved yet */
  constructor(documents: Documents, folder: string) {
    this.#documents = documents;
    this.#folder = folder;
  }

  /** What is known of the document; undefined for what is not looked at. */
  kindOf(document: TextDocument): DocumentKind | undefined {
    const text = document.getText();
    return text.length > mostCharacters ? undefined : findDocumentKind(this.fileOf(document), text);
  }

  edited(document: TextDocument): EditedDocument {
    return {
      file: this.fileOf(document),
      text: document.getText(),
      textOf: (file) => this.textOf(file),
    };
  }

  textOf(file: string): string | undefined {
    const open = this.#documents.get(pathToFileURL(file).href) ?? this.#find(file);
    if (open !== undefined) return open.getText();
    const read = tryReadText(file, file);
    return 'text' in read ? read.text : undefined;
  }

  /** Absolute. */
  fileOf({ uri, languageId }: TextDocument): string {
    const file = toFile(uri);
    if (file !== undefined) return file;
    const name = path.posix.basename(uri.split(/[?#]/, 1)[0] ?? '');
    return path.join(this.#folder, /\.\w+$/.test(name) ? name : `${name}.${languageId}`);
  }

  /** Editors write addresses in other ways too, such as `%3A`. */
  #find(file: string): TextDocument | undefined {
    return this.#documents.all().find(({ uri }) => toFile(uri) === file);
  }
}

function toFile(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
