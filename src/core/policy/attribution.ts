import { z } from 'zod';
import { SOURCE_PATTERN, acceptedLicences, approvedSources, sourcesToVerify } from '../attribution/accepted.ts';
import { isLicenceId } from '../attribution/licence.ts';

const licenceId = z
  .string()
  .max(100)
  .refine(isLicenceId, 'must be an id of SPDX such as `CC-BY-4.0`, or `public-domain`');

const source = z
  .string()
  .max(300)
  .regex(SOURCE_PATTERN, 'must be a host such as `wikipedia.org`, or a host and a folder, without `https://`');

/** What an `attribution.txt` may name. A list takes the place of the default one. */
export const attributionPolicySchema = z
  .strictObject({
    acceptedLicences: z
      .array(licenceId)
      .max(100)
      .default([...acceptedLicences])
      .describe('Licences under which texts may be used: ids of SPDX, and `public-domain`.'),
    approvedSources: z
      .array(source)
      .max(200)
      .default([...approvedSources])
      .describe('Hosts (with all below them) from which knowledge may be taken; `host/folder` for a part of one.'),
    sourcesToVerify: z
      .array(source)
      .max(200)
      .default([...sourcesToVerify])
      .describe('Hosts from which knowledge may be taken once a person has looked at the page.'),
  })
  .prefault({})
  .describe('What `attribution.txt` may name.');
