/** The name of a rule's heading in docs/rules.md, as GitHub makes it: letters, digits and hyphens stay. */
export const anchorOf = (id: string): string => id.replaceAll('/', '');
