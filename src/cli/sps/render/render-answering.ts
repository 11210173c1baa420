import { quoteWord } from '../../../base/quote-word.ts';

/** The call that was asked something. */
interface AskedCall {
  hook: string;
  /** Of the question. */
  key: string;
  /** Undefined when nothing is kept. */
  session: string | undefined;
  /** Options that the next call needs too, with their values; none holds a secret. */
  given: readonly (readonly [option: string, value: string | undefined])[];
  /** There are others, which may hold secrets: the user types them again. */
  hasMore: boolean;
}

/** How a question is answered, as commands to type. Without a session the answer would meet a plugin that has forgotten its question. */
export function renderAnswering({ hook, key, session, given, hasMore }: AskedCall): string {
  const words = given.flatMap(([option, value]) => (value === undefined ? [] : [option, quoteWord(value)]));
  const more = hasMore ? ['…'] : [];
  const simulate = ['plugin-host simulate', ...words, ...more].join(' ');
  const again = ['plugin-host invoke', hook, ...words, ...more, '--session', session ?? 'NAME'].join(' ');
  return session === undefined
    ? `Answer it in a whole session with \`${simulate}\`, or keep the cookie with --session NAME and call it again with --answer ${key}=….`
    : `Answer it with \`${again} --answer ${key}=…\`.`;
}
