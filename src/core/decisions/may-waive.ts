/**
 * Rules whose findings nobody can take the weight from: what cannot be read cannot be judged, and a secret is public whoever says
 * otherwise.
 */
const NEVER = /^(?:yaml\/|screen\/secret$)/;

/** Whether those who may waive may waive this rule's findings. */
export const mayWaive = (rule: string): boolean => !NEVER.test(rule);
