/** `ALLOW` for `SCMP_ACT_ALLOW`. */
export function plainAction(action: string): string {
  return action.replace(/^SCMP_ACT_/, '').toUpperCase();
}
