/** A section of a document, as search knows it. */
export interface FoundSection {
  /** The title of its page. */
  page: string;
  heading: string;
  /** In the site, with the heading's place. */
  address: string;
  /** Plain. */
  text: string;
}

declare global {
  interface Window {
    /** What the script of search gives to that of the page. */
    searchDocuments?: (words: string) => FoundSection[];
  }
}
