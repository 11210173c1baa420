import type { VerbHandler } from '../engine/verb-handler.ts';
import { flowHandlers } from '../flow/flow-handlers.ts';
import { httpHandlers } from '../http/http-handlers.ts';
import { commandHandlers } from '../terminal/command-handlers.ts';
import { connectHandlers } from '../terminal/connect-handlers.ts';
import { dialogueHandlers } from '../terminal/dialogue-handlers.ts';
import { encodingHandlers } from '../verbs/encoding-handlers.ts';
import { itemHandlers } from '../verbs/item-handlers.ts';
import { reportHandlers } from '../verbs/report-handlers.ts';

/** What each verb does. One that is not here is not emulated. */
export const verbHandlers: ReadonlyMap<string, VerbHandler> = new Map(
  Object.entries({
    ...flowHandlers,
    ...itemHandlers,
    ...reportHandlers,
    ...encodingHandlers,
    ...httpHandlers,
    ...connectHandlers,
    ...dialogueHandlers,
    ...commandHandlers,
  }),
);
