import { z } from 'zod';

const TEAM = /^[A-Za-z\d](?:[A-Za-z\d-]{0,38})\/[a-z\d_-]{1,100}$/;

/** How people are spoken to. */
export const conversationSchema = z
  .strictObject({
    welcome: z
      .enum(['on', 'off'])
      .default('on')
      .describe('Whether those who contribute for the first time are greeted, in two sentences of the comment.'),
    checkCommand: z
      .string()
      .max(200)
      .regex(/^[^\r\n`]+$/, 'must be one line without backticks')
      .exactOptional()
      .describe(
        'A command with which newcomers can check their files before they push, as you would have them run it.',
      ),
    escalateTo: z
      .string()
      .regex(TEAM, 'must be `organisation/team`, as in the team’s address')
      .exactOptional()
      .describe(
        'A team that is mentioned, once in the life of a pull request, when there is a question for triagers. Nobody is mentioned otherwise.',
      ),
    assign: z
      .enum(['contributor', 'off'])
      .default('off')
      .describe('`contributor`: whoever opened it is assigned when it becomes their turn, and no longer when it ends.'),
  })
  .prefault({})
  .describe('How people are spoken to.');
