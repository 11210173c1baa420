/** Set by `npm run test:wire`: every byte of a login, and thousands of messages. */
export const isWhole = Boolean(process.env['PLUGIN_HOST_WIRE']);
