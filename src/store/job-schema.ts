import { z } from 'zod';
import type { Job } from '../core/job.ts';

const id = z.int().positive();
const sha = z.string().min(1);
const repository = z.object({ id, owner: z.string().min(1), name: z.string().min(1) });

/** A job as it comes back from the database, where an older or newer Assay may have written it. */
export const jobSchema: z.ZodType<Job> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('review'),
    installationId: id,
    repository,
    number: id,
    isRerun: z.boolean().exactOptional(),
  }),
  z.object({ type: z.literal('review-commit'), installationId: id, repository, sha }),
  z.object({
    type: z.literal('merge-group'),
    installationId: id,
    repository,
    headSha: sha,
    baseSha: sha,
    number: id.exactOptional(),
  }),
  z.object({
    type: z.literal('sweep-repository'),
    installationId: id,
    repository,
    isAdded: z.boolean().exactOptional(),
  }),
  z.object({ type: z.literal('sweep'), installationId: id.exactOptional() }),
  z.object({ type: z.literal('redeliver') }),
  z.object({ type: z.literal('forget'), installationId: id, repositoryIds: z.array(id).exactOptional() }),
]);
