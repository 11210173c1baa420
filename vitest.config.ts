import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,e2e}/**/*.test.ts'],
    // The suite fails when it leaves a process, a socket or a temporary file behind.
    globalSetup: ['test/leaves-nothing.ts'],
    // Most tests wait for processes; by default one processor would be left idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
