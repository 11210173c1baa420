import type { Inquiry } from '../../process/inquiry.ts';
import { askInspector } from './ask-inspector.ts';
import { InspectorWords } from './inspector-words.ts';
import type { Told } from './stack-frame.ts';

/** Longest wait for Node to say where its inspector listens; it cannot while it waits for a program that it started. */
const firstWordMs = 1500;

/** Longest wait for the whole answer. */
const patienceMs = 5000;

/** Where Node is at its deadline: a signal makes it open its inspector, which is asked. */
export function inquireModule(): { inquiry: Inquiry; told: () => Told | undefined } {
  let told: Told | undefined;
  return {
    inquiry: {
      way: 'inspector',
      patienceMs,
      start: (done) => {
        let isSilent = false;
        const silence = setTimeout(() => {
          isSilent = true;
          done();
        }, firstWordMs);
        const words = new InspectorWords((url) => {
          if (isSilent) return; // it is ending now, and must not be stopped
          clearTimeout(silence);
          void askInspector(url, patienceMs).then((answer) => {
            told = answer;
            done();
          });
        });
        return {
          onLine: () => undefined,
          takeLog: (bytes) => words.take(bytes),
          endLog: () => {
            isSilent = true;
            clearTimeout(silence);
            return words.end();
          },
        };
      },
    },
    told: () => told,
  };
}
