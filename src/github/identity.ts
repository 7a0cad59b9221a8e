/** Who we are on this GitHub. */
export type Identity = {
  readonly appId: number;
  /** `assay[bot]`. No person can have a login with brackets. */
  readonly botLogin: string;
};

type Author = { readonly login: string; readonly type?: string | undefined } | null | undefined;

/** Whether our App's own account wrote it, in the fields of REST. */
export const isOurBot = (author: Author, { botLogin }: Identity): boolean =>
  author?.type === 'Bot' && author.login.toLowerCase() === botLogin.toLowerCase();

/** GraphQL's `Actor`, with `__typename`. It names bots without `[bot]`. */
export const loginOf = (actor: { readonly login: string; readonly __typename: string }): string =>
  actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;

/** Whether our App's own account wrote it, in the fields of GraphQL. */
export const isOurActor = (
  actor: { readonly login: string; readonly __typename: string } | null,
  { botLogin }: Identity,
): boolean => actor?.__typename === 'Bot' && loginOf(actor).toLowerCase() === botLogin.toLowerCase();
