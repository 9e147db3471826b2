/**
 * The Kubernetes integration's audit events, typed as rules use them and not as the integration's mapping declares
 * them (kubernetes §3.1, kql §5.5): images, groups and host paths are whole values, not text that is cut into words.
 */
import type { FieldTable } from './table.ts';

export const kubernetesFields: FieldTable = {
  types: {
    keyword: `
      kubernetes.audit.apiVersion kubernetes.audit.auditID kubernetes.audit.kind kubernetes.audit.level
      kubernetes.audit.requestURI kubernetes.audit.stage kubernetes.audit.userAgent kubernetes.audit.verb
      kubernetes.audit.sourceIPs[]
      kubernetes.audit.user.groups[] kubernetes.audit.user.uid kubernetes.audit.user.username
      kubernetes.audit.impersonatedUser.groups[] kubernetes.audit.impersonatedUser.uid
      kubernetes.audit.impersonatedUser.username
      kubernetes.audit.objectRef.apiGroup kubernetes.audit.objectRef.apiVersion kubernetes.audit.objectRef.name
      kubernetes.audit.objectRef.namespace kubernetes.audit.objectRef.resource
      kubernetes.audit.objectRef.resourceVersion kubernetes.audit.objectRef.subresource
      kubernetes.audit.objectRef.uid
      kubernetes.audit.responseStatus.message kubernetes.audit.responseStatus.reason
      kubernetes.audit.responseStatus.status
      kubernetes.audit.annotations.authorization_k8s_io/decision
      kubernetes.audit.annotations.authorization_k8s_io/reason
      kubernetes.audit.requestObject.kind
      kubernetes.audit.requestObject.roleRef.apiGroup kubernetes.audit.requestObject.roleRef.kind
      kubernetes.audit.requestObject.roleRef.name
      kubernetes.audit.requestObject.subjects.kind[] kubernetes.audit.requestObject.subjects.name[]
      kubernetes.audit.requestObject.subjects.namespace[]
      kubernetes.audit.requestObject.rules.apiGroups[] kubernetes.audit.requestObject.rules.resources[]
      kubernetes.audit.requestObject.rules.verbs[]
      kubernetes.audit.responseObject.roleRef.kind kubernetes.audit.responseObject.roleRef.name
      kubernetes.audit.responseObject.rules.apiGroups[] kubernetes.audit.responseObject.rules.resources[]
      kubernetes.audit.responseObject.rules.verbs[]
      kubernetes.audit.requestObject.spec.containers.command[]
      kubernetes.audit.requestObject.spec.containers.image[]
      kubernetes.audit.requestObject.spec.containers.name[]
      kubernetes.audit.requestObject.spec.containers.securityContext.capabilities.add[]
      kubernetes.audit.requestObject.spec.containers.volumeMounts.mountPath[]
      kubernetes.audit.requestObject.spec.containers.volumeMounts.name[]
      kubernetes.audit.requestObject.spec.restartPolicy kubernetes.audit.requestObject.spec.serviceAccountName
      kubernetes.audit.requestObject.spec.type
      kubernetes.audit.requestObject.spec.volumes.hostPath.path[]
      kubernetes.audit.requestObject.spec.volumes.hostPath.type[]`,
    long: `
      kubernetes.audit.responseStatus.code
      kubernetes.audit.requestObject.spec.containers.securityContext.runAsGroup[]
      kubernetes.audit.requestObject.spec.containers.securityContext.runAsUser[]
      kubernetes.audit.requestObject.spec.securityContext.runAsGroup
      kubernetes.audit.requestObject.spec.securityContext.runAsUser`,
    boolean: `
      kubernetes.audit.requestObject.spec.containers.securityContext.allowPrivilegeEscalation[]
      kubernetes.audit.requestObject.spec.containers.securityContext.privileged[]
      kubernetes.audit.requestObject.spec.containers.securityContext.runAsNonRoot[]
      kubernetes.audit.requestObject.spec.hostIPC kubernetes.audit.requestObject.spec.hostNetwork
      kubernetes.audit.requestObject.spec.hostPID
      kubernetes.audit.requestObject.spec.securityContext.runAsNonRoot`,
    date: 'kubernetes.audit.requestReceivedTimestamp kubernetes.audit.stageTimestamp',
  },
};
