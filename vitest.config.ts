import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Modules are read once a worker: half of the time went into reading them again for each file. No file mocks a module.
    isolate: false,
    // Half of a story is waiting for another process or a clock.
    maxWorkers: 4,
    // The embedded database is WebAssembly: compiling it well takes longer than these tests use it.
    execArgv: ['--liftoff-only'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
