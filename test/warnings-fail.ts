const isWatched = Symbol.for('plugin-host tests: warnings are watched');

/** A warning of Node, of too many listeners or of something deprecated, is a fault of the test that is running. */
if (!(isWatched in process)) {
  Object.defineProperty(process, isWatched, { value: true });
  process.on('warning', (warning) => {
    throw warning;
  });
}
