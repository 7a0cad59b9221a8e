import { z } from 'zod';

/** How duplicates are looked for beside equality and words. Both are off unless told: they cost calls, and send texts to a server. */
export const duplicatesSchema = z
  .strictObject({
    meaning: z
      .enum(['on', 'off'])
      .default('off')
      .describe(
        '`on`: examples are also compared by what they mean, where the server of Assay has a model of embeddings. What is found so is shown only if the judge says that it is the same.',
      ),
    nearness: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('How near in meaning two examples must be to be looked at, as a cosine; it depends on the model.'),
    judge: z
      .enum(['on', 'off'])
      .default('off')
      .describe(
        '`on`: the judge reads each pair that may be the same, and says so in the finding; it can make the question a note, never an error.',
      ),
  })
  .prefault({})
  .describe('Further ways of finding duplicates.');
