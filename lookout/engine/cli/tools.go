//go:build tools

// Package tools keeps the Pulumi CLI in go.mod when `go mod tidy` runs; nothing here is compiled.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
