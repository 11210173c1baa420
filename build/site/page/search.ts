/** Search over all documents. Loaded when somebody first looks for something: it is as large as all documents together. */
import MiniSearch from 'minisearch';
import type { FoundSection } from './found-section.ts';

declare const FOUND: readonly FoundSection[];
const index = new MiniSearch<FoundSection & { id: number }>({
  fields: ['heading', 'page', 'text'],
  // A word is also what stands between dots, dashes and underscores: `get_password_list` is found by `password`.
  tokenize: (text) => {
    const words = text.split(/[\s/()[\]{}"'`,;:|<>=]+/).map((word) => word.replaceAll(/^[.-]+|[.]+$/g, ''));
    return words.flatMap((word) => [word, ...(/[_.-]/.test(word) ? word.split(/[_.-]+/) : [])]).filter(Boolean);
  },
  searchOptions: {
    prefix: true,
    fuzzy: (word) => (word.length > 5 ? 0.2 : false),
    combineWith: 'AND',
    boost: { heading: 4, page: 2 },
  },
});
index.addAll(FOUND.map((section, id) => ({ id, ...section })));

/** Sections that have all words, the best first; when none has, those that have some. */
window.searchDocuments = (words) => {
  const all = index.search(words);
  return (all.length > 0 ? all : index.search(words, { combineWith: 'OR' })).flatMap(
    ({ id }) => FOUND[Number(id)] ?? [],
  );
};
