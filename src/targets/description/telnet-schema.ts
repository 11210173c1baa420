import { shellProperties } from './shell-properties.ts';

/** JSON Schema of `telnet:`. */
export const telnetSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Answers Telnet: a dialogue to log in, then a shell.',
  properties: {
    login: { $ref: '#/definitions/dialogue', description: 'Played before the prompt.' },
    ...shellProperties,
  },
} as const;
