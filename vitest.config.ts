import { defineConfig } from 'vitest/config';

const common = {
  // The suite fails when it leaves a process, a socket or a temporary file behind, and when Node warns of something.
  globalSetup: ['test/leaves-nothing.ts'],
  setupFiles: ['test/warnings-fail.ts'],
  // Far more than any test needs: on a busy machine nothing may fail for the time that it takes.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
  // The built host is run as it is.
  server: { deps: { external: [/\/dist\//] } },
};

/** They put other modules in the place of ours. */
const apart = [
  'test/unit/sps/session/masking-fails.test.ts',
  'test/unit/process/folders/make-temporary-folder.test.ts',
];

export default defineConfig({
  test: {
    // Most tests wait for processes; by default one processor would be left idle.
    maxWorkers: '100%',
    tags: [
      {
        name: 'thorough',
        description: 'costs seconds of a processor, and another test shows the same in a simpler case; not in npm test',
      },
    ],
    projects: [
      {
        // Starts nothing and leaves nothing in its process: all files of a worker share it.
        test: { ...common, name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: apart, isolate: false },
      },
      {
        test: { ...common, name: 'unit-apart', include: apart },
      },
      {
        test: { ...common, name: 'integration', include: ['test/{integration,e2e,browser}/**/*.test.ts'] },
      },
    ],
  },
});
