/** Label by which a cluster says which entity a workload belongs to; the Kubernetes plugin's own. */
export const kubernetesIdLabel = 'backstage.io/kubernetes-id';
