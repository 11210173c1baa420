/** What running a plugin has to know of its plugin point. */
export interface PointTraits {
  /** `03` */
  id: string;
  /** The setting by which it was asked for, in upper case: it tells FILTER USER PLUGIN from KEEP USER PLUGIN. Empty for the number. */
  asked: string;
  /**
   * How the caller and the plugin talk: one input and one output; one answer for each item; one object for each turn; an answer
   * followed by the bytes of a file; or no answer at all.
   */
  protocol: 'call' | 'filter' | 'generator' | 'download' | 'trap';
  /** Where success is told; `returnval` at the points of security questions. */
  retvalKey: string;
  isRetvalMandatory: boolean;
}
