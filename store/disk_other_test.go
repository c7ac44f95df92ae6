//go:build !unix

package store

func umask(mask int) int { return mask }
