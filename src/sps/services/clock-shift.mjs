/** Lets a plugin's clock run ahead or behind: the `clock` of `faults:`. `performance` and code that asks the system itself see the true time. */
export function shiftClock(shiftMs) {
  const RealDate = Date;
  const now = () => RealDate.now() + shiftMs;
  function ShiftedDate(...given) {
    if (new.target === undefined) return new RealDate(now()).toString();
    const target = new.target === ShiftedDate ? RealDate : new.target;
    return Reflect.construct(RealDate, given.length === 0 ? [now()] : given, target);
  }
  Object.defineProperties(ShiftedDate, Object.getOwnPropertyDescriptors(RealDate));
  Object.defineProperty(ShiftedDate, 'now', { value: now, writable: true, configurable: true });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate, writable: true, configurable: true });
  globalThis.Date = ShiftedDate;
}
