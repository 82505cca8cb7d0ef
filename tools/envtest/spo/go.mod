module security-profiles.local/envtest/spo

go 1.26.0

require sigs.k8s.io/security-profiles-operator v1.0.0
