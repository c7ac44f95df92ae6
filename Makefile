# What a developer of tartan types. `make` alone lists it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

bin := $(CURDIR)/.bin
# What a real keyring needs (Debian: dbus, gnome-keyring), and what of it is not here.
session := dbus-daemon dbus-send gnome-keyring-daemon
missing = $(strip $(foreach tool,$(1),$(if $(shell command -v $(tool)),,$(tool))))

.PHONY: help run build install test check bench e2e clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build tartan and open it on the practice bank; nothing to set up
	@$(bin)/tartan

build: ## build .bin/tartan
	@go build -trimpath -ldflags '-s -w' -o $(bin)/tartan .

install: ## install tartan where go install puts programs
	go install -trimpath -ldflags '-s -w' .

test: ## run every test, with the race detector and a real keyring
ifeq ($(call missing,$(session)),)
	.ci/keyring unlocked go test -race ./...
	.ci/keyring locked go test -count=1 -run SecretService ./store
	.ci/keyring none go test -count=1 -run SecretService ./store
else
	@echo '****************************************************************'
	@echo '*  The tests of the real keyring DO NOT RUN: not found here are'
	@echo '*    $(call missing,$(session))'
	@echo '*  Get them:  apt-get install dbus gnome-keyring'
	@echo '****************************************************************'
	@test -z "$${CI:-}" || { echo 'In CI that is a failure.'; exit 1; }
	go test -race ./...
endif
	go -C .ci test ./check

check: tools ## check formatting, vet, staticcheck, who imports whom, file lengths, go.mod
	@unformatted=$$($(bin)/gofumpt -l .); \
		test -z "$$unformatted" || { printf 'gofumpt would change:\n%s\n' "$$unformatted"; exit 1; }
	go vet ./...
	go -C .ci vet ./...
	$(bin)/staticcheck ./...
	cd .ci && $(bin)/staticcheck ./...
	$(bin)/check .
	bash -n .ci/run .ci/keyring
	go mod tidy -diff
	go -C .ci mod tidy -diff
	go mod verify
	go -C .ci mod verify

# The tools of .ci/go.mod, in the versions it names.
.PHONY: tools
tools:
	@mkdir -p $(bin)
	@cd .ci && go build -o $(bin)/ honnef.co/go/tools/cmd/staticcheck mvdan.cc/gofumpt ./check

bench: ## run the benchmarks, briefly
	go test -run '^$$' -bench . -benchmem -benchtime 300ms ./...

e2e: build ## drive the built tartan in a real terminal (tmux)
	@test -z '$(call missing,tmux $(session))' || { \
		echo 'make e2e cannot run: $(call missing,tmux $(session)) not found. Get them: apt-get install tmux dbus gnome-keyring'; exit 1; }
	TARTAN_BIN=$(bin)/tartan go -C .ci test -count=1 ./e2e

clean: ## remove what the above have built
	rm -rf $(bin)
