/** Which generation of the API is emulated. Source: SPS REST API 5.7 to 6.0 (`classic`), 7.0.5 to 8.0 (`current`). */
export type Compat = 'classic' | 'current';
