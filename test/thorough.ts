/** Set by `npm run test:all`, which tries everything; `npm test` leaves out what costs much and shows little more. */
export const isThorough = Boolean(process.env['PLUGIN_HOST_THOROUGH']);

/** How often a property is tried. */
export function runs(all: number): number {
  return isThorough ? all : Math.ceil(all / 10);
}
