/** The API group of the Security Profiles Operator. */
export const SPO_GROUP = 'security-profiles-operator.x-k8s.io';
