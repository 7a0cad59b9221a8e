import { z } from 'zod';

/** What may be looked up of the documents that knowledge is drawn from. */
export const documentsSchema = z
  .strictObject({
    lookUp: z
      .boolean()
      .default(true)
      .describe(
        'Whether the repository that a leaf of knowledge names is looked up on this GitHub: commit, files, licence, and whether the contexts stand in it. No other host is ever asked.',
      ),
  })
  .prefault({})
  .describe('Documents of knowledge.');
