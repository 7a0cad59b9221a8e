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
    // Only against hanging: a story that restarts the server takes a quarter of a minute beside three others.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
