const squeezed = (text: string): string => text.replace(/^\ufeff/, '').replaceAll(/[\s"']/g, '');

/** Whether the new lines are the old ones but for what the rule's edit may do. */
export function isOwnWords(rule: string, before: string, after: string): boolean {
  switch (rule) {
    case 'schema/required':
      return squeezed(after) === `version:3${squeezed(before)}`;
    case 'schema/version':
      return (
        /^version:3(?:#|$)/.test(squeezed(after)) &&
        /#.*|$/.exec(before)?.[0].trim() === /#.*|$/.exec(after)?.[0].trim()
      );
    case 'schema/unknown-key':
      return before.slice(before.indexOf(':')) === after.slice(after.indexOf(':'));
    case 'yaml/duplicate-key':
      return after === '';
    default:
      return squeezed(after) === squeezed(before);
  }
}
