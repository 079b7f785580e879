//go:build tools

// Package tools keeps the Python language host in go.mod when `go mod tidy` runs; nothing here is compiled.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
